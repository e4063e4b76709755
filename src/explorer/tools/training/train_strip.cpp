#include "explorer/tools/training/train_strip.h"

#include <algorithm>

#include "core/text.h"
#include "explorer/draw/picture.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr std::size_t kImages = 10;

const LoadedModel* trained_model(const Session& session) {
  const std::optional<std::size_t> entry = find_entry(session, kTrainedHere);
  return entry ? session.models[*entry].get() : nullptr;
}

}  // namespace

std::vector<Index> fixed_images(const EncodedSet& set) {
  std::vector<Index> images;
  std::array<bool, 256> seen{};
  for (Index n = 0; n < set.size() && images.size() < kImages; ++n) {
    if (std::exchange(seen[set.labels[static_cast<std::size_t>(n)]], true)) continue;
    images.push_back(n);
  }
  if (images.size() < 2) {
    images.clear();
    for (Index n = 0; n < std::min<Index>(set.size(), kImages); ++n) images.push_back(n);
  }
  std::ranges::stable_sort(images, {}, [&](Index n) { return set.labels[static_cast<std::size_t>(n)]; });
  return images;
}

bool TrainStrip::work(const ToolContext& context) {
  const LoadedModel* model = trained_model(context.session);
  if (!model || model->mu.empty()) return false;
  if (model_ != model->projection_serial) {
    const std::vector<Index> images = fixed_images(model->file.test);
    const TestImages* originals = originals_of(context.session, *model);
    if (images != images_ || originals_.empty()) reconstructions_.clear();
    images_ = images;
    originals_.clear();
    Matrix codes(static_cast<Index>(images.size()), model->latent_dim());
    for (Index i = 0; i < codes.rows(); ++i) {
      const Index n = images[static_cast<std::size_t>(i)];
      codes.row(i) = model->file.test.mu.row(n);
      if (originals && originals->has(n)) originals_.push_back({originals->picture(n), model->projection_serial});
    }
    decoded_.show(codes);
    model_ = model->projection_serial;
    taken_ = false;
  }
  if (decoded_.work(*model, context.deadline)) return true;
  if (taken_) return false;
  reconstructions_ = decoded_.pictures();
  for (Picture& picture : reconstructions_) picture.serial = model_;
  taken_ = true;
  return false;
}

void TrainStrip::draw(const ToolView& view, Rect& rest) const {
  const LoadedModel* model = trained_model(view.session);
  if (!model || reconstructions_.size() != images_.size() || images_.empty()) return;
  if (static_cast<Index>(model->mu.size()) <= *std::ranges::max_element(images_)) return;  // another run has begun
  const Painter& painter = view.painter;
  constexpr float kGap = kUnit / 4;
  words(painter, rest, texts::kTenImages);
  const float side = cell_side(rest.width, kImages, kGap, 56);
  const bool both = originals_.size() == images_.size();
  const float height = (both ? 2 : 1) * side + kGap;
  for (std::size_t i = 0; i < images_.size(); ++i) {
    const Rect column{rest.x + static_cast<float>(i) * (side + kGap), rest.y, side, height};
    const ImageShape& shape = model->file.model.spec.image;
    Rect cells = column;
    if (both) {
      draw_picture(painter, cells.cut_top(side), shape, originals_[i], text("trained original ", i), view.textures);
      cells.cut_top(kGap);
    }
    draw_picture(painter, cells.cut_top(side), shape, reconstructions_[i], text("trained now ", i), view.textures);
    if (view.session.model != model) continue;
    const auto n = static_cast<std::size_t>(images_[i]);
    const std::string id = text("trained image ", i);
    const Press press = painter.press(id.c_str(), column);
    name_button(painter, id, texts::go_to(test_image_name(*model, n), pair_text(model->mu[n].x, model->mu[n].y, 2)));
    if (press.hovered) painter.outline(column, painter.colors().accent, 4, 2);
    if (!press.clicked) continue;
    view.actions.push_back(SelectImage{static_cast<std::int32_t>(n)});
    view.actions.push_back(FlyTo{model->mu[n]});
  }
  rest.cut_top(height + kUnit);
}

}  // namespace loom
