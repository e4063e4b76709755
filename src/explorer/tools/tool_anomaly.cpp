#include <algorithm>
#include <functional>

#include "analysis/bound/anomaly.h"
#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/model/images/reconstruction_report.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/input_image_buttons.h"
#include "explorer/tools/misplaced_images.h"
#include "explorer/tools/test_image_strip.h"

namespace loom {
namespace {

constexpr std::size_t kColumns = 40;
constexpr std::size_t kExtremes = 6;  // images with the highest scores that are shown, and as many with the lowest

class AnomalyTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    if (model_ != &model || projection_ != model.projection_serial) {
      model_ = &model, projection_ = model.projection_serial;
      take(model.file.test.excess);
      show_extremes(model);
      misplaced_.reset();
    }
    bool more = strip_.work(context);
    more |= misplaced_.work(context);
    return report_.work(model, context.session.input.current()) || more;
  }

  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& model = *view.session.model;
    const InputImage& input = view.session.input.current();
    Rect rest = r;
    const std::string_view unit = loss_unit(model.file.model.spec);
    const std::optional<double> score = score_of(model, input);
    const float side = view.narrow ? 72 : 96;
    Rect top = rest.cut_top(side);
    picture_cell(view.painter, top.cut_left(side), model.file.model.spec.image,
                 input.x.size() > 0 ? report_.original() : report_.reconstruction(), "strange", "", view.textures);
    top.cut_left(1.5f * kUnit);
    words(view.painter, top, input.name);
    if (score) {
      words(view.painter, top, texts::score(number_text(*score, 1), unit), true);
      if (!sorted_.empty()) words(view.painter, top, texts::scores_higher(share_below(*score)), true);
    }
    rest.cut_top(kUnit);
    if (sorted_.empty()) {
      words(view.painter, rest, texts::kNoScores);
    } else {
      const double mark = score ? (*score - low_) / (high_ - low_) : -1;
      const Rect plot = rest.cut_top(view.narrow ? 48 : 110);
      columns(view.painter, plot, counts_, score ? static_cast<float>(std::clamp(mark, 0.0, 1.0)) : -1);
      const Rect axis = rest.cut_top(20);
      view.painter.text(TextSize::small, {axis.x, axis.center().y}, view.painter.colors().muted, number_text(low_, 0));
      view.painter.text(TextSize::small, axis.center(), view.painter.colors().muted, texts::score_axis(unit),
                        Align::center);
      view.painter.text(TextSize::small, {axis.right(), axis.center().y}, view.painter.colors().muted,
                        text(number_text(high_, 0), mark > 1 ? texts::kAndMore : std::string_view()), Align::right);
    }
    rest.cut_top(kUnit / 2);
    draw_input_image_buttons(view, rest);
    draw_extremes(view, rest);
    if (MisplacedImages::possible(view.session)) misplaced_.draw(view, rest);
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    if (model_ == view.session.model) misplaced_.on_plane(canvas, *model_);
  }

 private:
  // How many test images score lower: a percentage or, in the top 1 %, where that would round to 100 %, a count.
  std::string share_below(double score) const {
    const auto above = sorted_.end() - std::upper_bound(sorted_.begin(), sorted_.end(), score);
    if (100 * static_cast<std::size_t>(above) >= sorted_.size())
      return texts::share_of_all(percent_text(percentile(sorted_, score)), sorted_.size());
    return above ? texts::all_but(above, sorted_.size()) : texts::all_of(sorted_.size());
  }

  std::optional<double> score_of(const LoadedModel& model, const InputImage& input) const {
    if (input.x.size() > 0) return report_.loss() ? std::optional(report_.loss()->excess()) : std::nullopt;
    const auto n = static_cast<std::size_t>(input.image);
    const std::vector<Scalar>& excess = model.file.test.excess;
    if (input.image >= 0 && n < excess.size()) return static_cast<double>(excess[n]);
    return std::nullopt;
  }

  // Sets the test set's scores. The histogram ends at the score that only one in a thousand exceeds.
  void take(const std::vector<Scalar>& scores) {
    sorted_.assign(scores.begin(), scores.end());
    std::ranges::sort(sorted_);
    counts_.clear();
    if (sorted_.empty()) return;
    low_ = sorted_.front();
    high_ = std::max(low_ + 1, sorted_[sorted_.size() - 1 - sorted_.size() / 1000]);
    const auto most = static_cast<std::size_t>(std::ranges::upper_bound(sorted_, high_) - sorted_.begin());
    for (const std::size_t count : histogram(std::span(sorted_).first(most), low_, high_, kColumns).bins)
      counts_.push_back(static_cast<float>(count));
  }

  // The test images with the highest scores and, after them, those with the lowest.
  void show_extremes(const LoadedModel& model) {
    const std::vector<Scalar>& scores = model.file.test.excess;
    std::vector<std::int64_t> order(scores.size());
    for (std::size_t n = 0; n < order.size(); ++n) order[n] = static_cast<std::int64_t>(n);
    std::ranges::stable_sort(order, std::ranges::greater(),
                             [&](std::int64_t n) { return scores[static_cast<std::size_t>(n)]; });
    extremes_ = std::min(kExtremes, order.size() / 2);
    std::vector<std::int64_t> images(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(extremes_));
    images.insert(images.end(), order.rbegin(), order.rbegin() + static_cast<std::ptrdiff_t>(extremes_));
    strip_.show(model, std::move(images));
  }

  void draw_extremes(const ToolView& view, Rect& rest) const {
    if (extremes_ == 0) return;
    const std::size_t columns = columns_that_fit(rest.width, kUnit / 2, kExtremes, view.narrow);
    const float side = cell_side(rest.width, columns, kUnit / 2, 56);
    rest.cut_top(kUnit / 2);
    heading(view.painter, rest, texts::kStrangest);
    strip_.draw(view, rest, "extreme", columns, side, 0, extremes_);
    heading(view.painter, rest, texts::kMostTypical);
    strip_.draw(view, rest, "extreme", columns, side, extremes_, 2 * extremes_);
  }

  const LoadedModel* model_ = nullptr;
  TestImageStrip strip_;
  MisplacedImages misplaced_;
  std::size_t extremes_ = 0;
  std::uint64_t projection_ = 0;
  ReconstructionReport report_;
  std::vector<double> sorted_;
  std::vector<float> counts_;
  double low_ = 0, high_ = 1;
};

}  // namespace

std::unique_ptr<ToolLayer> make_anomaly_tool() { return std::make_unique<AnomalyTool>(); }

}  // namespace loom
