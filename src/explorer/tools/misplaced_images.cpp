#include "explorer/tools/misplaced_images.h"

#include <algorithm>
#include <numeric>

#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr Index kCells = 32;      // along each side of the home view; a fifth of a unit of z each
constexpr Index kCellBatch = 16;  // cells decoded between two checks of the deadline
constexpr Index kImageBatch = 8;  // the same for images to compare

}  // namespace

bool MisplacedImages::possible(const Session& session) {
  const LoadedModel& model = *session.model;
  return model.latent_dim() == 2 && !model.mu.empty() && has_originals(session, model);
}

void MisplacedImages::reset() { *this = {}; }

bool MisplacedImages::work(const ToolContext& context) {
  if (!wanted_) return false;
  const LoadedModel& model = *context.session.model;
  if (done_) return strip_.work(context);
  const TestImages* originals = originals_of(context.session, model);
  if (!originals || !originals->complete()) {
    std::vector<std::int64_t> all(model.mu.size());
    std::iota(all.begin(), all.end(), std::int64_t{0});
    context.actions.push_back(LoadOriginals{std::move(all)});
    return false;  // what arrives asks for a frame
  }
  if (!table_) {
    table_ =
        empty_table(model.file.model, square_grid(model.home.center, model.home.half, kCells), model.plane.plane());
    scratch_ = {};
  }
  while (!done_) {
    if (!table_->complete())
      fill_table(*table_, model.file.model, kCellBatch, scratch_.workspace);
    else
      compare(model, *originals);
    if (gaps_.size() == model.mu.size()) finish(model);
    if (context.deadline.passed()) return true;
  }
  return strip_.work(context);
}

void MisplacedImages::compare(const LoadedModel& model, const TestImages& originals) {
  const auto first = static_cast<Index>(gaps_.size());
  const Index count = std::min(kImageBatch, model.file.test.size() - first);
  Matrix x(count, originals.shape().size());
  for (Index i = 0; i < count; ++i) x.row(i) = originals.picture(first + i).row(0);
  const Matrix mu = model.file.test.mu.middleRows(first, count);
  const std::vector<EncoderGap> gaps = encoder_gaps(*table_, model.file.model, x, mu, scratch_);
  gaps_.insert(gaps_.end(), gaps.begin(), gaps.end());
}

void MisplacedImages::finish(const LoadedModel& model) {
  worst_.resize(gaps_.size());
  std::iota(worst_.begin(), worst_.end(), std::size_t{0});
  const std::size_t shown = std::min(kShown, worst_.size());
  std::ranges::partial_sort(worst_, worst_.begin() + static_cast<std::ptrdiff_t>(shown), std::ranges::greater(),
                            [&](std::size_t n) { return gaps_[n].nats; });
  worst_.resize(shown);
  strip_.show(model, {worst_.begin(), worst_.end()});
  done_ = true;
  table_.reset();
}

void MisplacedImages::draw(const ToolView& view, Rect& rest) {
  const Painter& painter = view.painter;
  const std::size_t all = view.session.model->mu.size();
  heading(painter, rest, texts::kMostMisplaced);
  if (!wanted_) {
    constexpr std::array<std::string_view, 1> kFind{texts::kFindMisplaced};
    if (button_row(painter, "misplaced", rest, kFind, button_height(view.narrow)) == 0) wanted_ = true;
    return;
  }
  if (!done_) {
    const TestImages* originals = originals_of(view.session, *view.session.model);
    const bool coming = !originals || !originals->complete();
    return words(painter, rest,
                 coming ? std::string(texts::kAllOriginalsComing)
                        : texts::comparing(percent_text(static_cast<double>(gaps_.size()) / static_cast<double>(all))));
  }
  const float side = cell_side(rest.width, kShown, kUnit / 2, 56);
  strip_.draw(view, rest, "misplaced image", kShown, side, 0, strip_.images().size());
  const EncoderGap& first = gaps_[worst_.front()];
  words(painter, rest, texts::misplaced_by(number_text(first.nats, 0), pair_text(first.best.x, first.best.y, 2)));
}

void MisplacedImages::on_plane(const PlaneCanvas& canvas, const LoadedModel& model) const {
  if (!done_) return;
  for (const std::size_t n : worst_) canvas.arrow(model.mu[n], gaps_[n].best, canvas.painter.colors().ink, 1.5f);
}

}  // namespace loom
