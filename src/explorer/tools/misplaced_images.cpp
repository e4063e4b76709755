#include "explorer/tools/misplaced_images.h"

#include <numeric>

#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr Index kCells = 32;      // along each side of the home view; a fifth of a unit of z each
constexpr Index kCellBatch = 16;  // cells decoded between two checks of the deadline
constexpr std::size_t kImageBatch = 8;  // the same for images to compare

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
    search_.emplace(model.mu.size(), kShown, model.file.test.excess);
  }
  while (!done_) {
    if (!table_->complete())
      fill_table(*table_, model.file.model, kCellBatch, scratch_.workspace);
    else if (!search_->done())
      compare(model, *originals);
    else
      finish(model);
    if (context.deadline.passed()) return true;
  }
  return strip_.work(context);
}

void MisplacedImages::compare(const LoadedModel& model, const TestImages& originals) {
  const std::span<const std::size_t> images = search_->next(kImageBatch);
  const auto count = static_cast<Index>(images.size());
  Matrix x(count, originals.shape().size()), mu(count, model.file.test.mu.cols());
  for (Index i = 0; i < count; ++i) {
    const auto n = static_cast<Index>(images[static_cast<std::size_t>(i)]);
    x.row(i) = originals.picture(n).row(0);
    mu.row(i) = model.file.test.mu.row(n);
  }
  search_->take(encoder_gaps(*table_, model.file.model, x, mu, scratch_));
}

void MisplacedImages::finish(const LoadedModel& model) {
  std::vector<std::int64_t> images;
  for (const GapSearch::Found& found : search_->found()) images.push_back(static_cast<std::int64_t>(found.image));
  strip_.show(model, std::move(images));
  done_ = true;
  table_.reset();
  scratch_ = {};
}

// The table is decoded first, which takes about as long as all comparisons.
double MisplacedImages::share_done() const {
  if (!table_) return 0;
  const double decoded = static_cast<double>(table_->filled) / static_cast<double>(table_->order.size());
  return 0.5 * decoded + (table_->complete() ? 0.5 * search_->share() : 0);
}

void MisplacedImages::draw(const ToolView& view, Rect& rest) {
  const Painter& painter = view.painter;
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
                 coming ? std::string(texts::kAllOriginalsComing) : texts::comparing(percent_text(share_done())));
  }
  const std::size_t columns = columns_that_fit(rest.width, kUnit / 2, kShown, view.narrow);
  const float side = cell_side(rest.width, columns, kUnit / 2, 56);
  strip_.draw(view, rest, "misplaced image", columns, side, 0, strip_.images().size());
  const EncoderGap& first = search_->found().front().gap;
  words(painter, rest, texts::misplaced_by(number_text(first.nats, 0), pair_text(first.best.x, first.best.y, 2)));
}

void MisplacedImages::on_plane(const PlaneCanvas& canvas, const LoadedModel& model) const {
  if (!done_) return;
  for (const GapSearch::Found& found : search_->found())
    canvas.arrow(model.mu[found.image], found.gap.best, canvas.painter.colors().ink, 1.5f);
}

}  // namespace loom
