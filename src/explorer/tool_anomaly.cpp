#include <algorithm>

#include "core/text.h"
#include "explorer/examination.h"
#include "explorer/explorer.h"
#include "explorer/number_text.h"
#include "explorer/subject_buttons.h"
#include "explorer/widgets.h"

namespace loom {
namespace {

constexpr std::size_t kColumns = 40;

class AnomalyTool : public ToolLayer {
 public:
  bool work(Explorer& explorer, const Deadline&) override {
    const LoadedModel& model = *explorer.model;
    if (model_ != &model) {
      model_ = &model;
      count(model.excess);
    }
    return examination_.work(model, explorer.subject.subject());
  }

  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& model = *view.explorer.model;
    const Subject& subject = view.explorer.subject.subject();
    Rect rest = r;
    const std::optional<double> score = score_of(model, subject);
    const float side = view.narrow ? 72 : 96;
    Rect top = rest.cut_top(side);
    picture_cell(view.painter, top.cut_left(side), model.file.model.spec.image,
                 subject.x.size() > 0 ? examination_.original() : examination_.reconstruction(), "strange", "",
                 view.textures);
    top.cut_left(1.5f * kUnit);
    words(view.painter, top, subject.name);
    if (score) {
      words(view.painter, top, text("Score ", number_text(*score, 1), " nats above the floor."), true);
      if (!model.excess.empty()) {
        const double share = percentile_of(model.excess, *score);
        words(view.painter, top,
              text("Stranger than ", percent_text(share), " of the ", model.excess.size(), " test pictures."), true);
      }
    }
    rest.cut_top(kUnit);
    if (model.excess.empty()) {
      words(view.painter, rest,
            "This file does not hold the scores of its test set, so there is nothing to compare with.");
    } else {
      const float mark = score ? static_cast<float>((*score - low_) / (high_ - low_)) : -1;
      const Rect plot = rest.cut_top(view.narrow ? 48 : 110);
      histogram(view.painter, plot, counts_, score ? std::clamp(mark, 0.0f, 1.0f) : -1);
      const Rect axis = rest.cut_top(20);
      view.painter.text(TextSize::small, {axis.x, axis.center().y}, view.painter.colors().muted, number_text(low_, 0));
      view.painter.text(TextSize::small, axis.center(), view.painter.colors().muted, "nats above the floor",
                        Align::center);
      view.painter.text(TextSize::small, {axis.right(), axis.center().y}, view.painter.colors().muted,
                        text(number_text(high_, 0), mark > 1 ? " and beyond" : ""), Align::right);
    }
    rest.cut_top(kUnit / 2);
    draw_subject_buttons(view, rest);
    return rest.y - r.y;
  }

 private:
  std::optional<double> score_of(const LoadedModel& model, const Subject& subject) const {
    if (subject.x.size() > 0) return examination_.loss() ? std::optional(examination_.loss()->excess()) : std::nullopt;
    const auto n = static_cast<std::size_t>(subject.image);
    if (subject.image >= 0 && n < model.excess.size()) return static_cast<double>(model.excess[n]);
    return std::nullopt;
  }

  // The test set's scores, up to where all but a thousandth are.
  void count(const std::vector<float>& scores) {
    counts_.assign(kColumns, 0);
    if (scores.empty()) return;
    std::vector<float> sorted(scores);
    std::ranges::sort(sorted);
    low_ = sorted.front();
    high_ = std::max(low_ + 1, sorted[sorted.size() - 1 - sorted.size() / 1000]);
    for (const float s : sorted) {
      const float at = (s - low_) / (high_ - low_) * static_cast<float>(kColumns);
      if (at < static_cast<float>(kColumns)) counts_[static_cast<std::size_t>(at)] += 1;
    }
  }

  const LoadedModel* model_ = nullptr;
  Examination examination_;
  std::vector<float> counts_;
  float low_ = 0, high_ = 1;
};

}  // namespace

std::unique_ptr<ToolLayer> make_anomaly_tool() { return std::make_unique<AnomalyTool>(); }

}  // namespace loom
