#include <algorithm>

#include "analysis/plane/neighbours.h"
#include "core/text.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/test_image_strip.h"

namespace loom {
namespace {

constexpr std::size_t kNeighbourCount = 8;

class NeighboursTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    const Point z = context.session.state.z;
    if (model_ != &model || plane_ != model.plane_serial || z_ != z) {
      model_ = &model, plane_ = model.plane_serial, z_ = z;
      std::vector<Neighbour> found = nearest_codes(model.file.test.mu, model.plane.code(z_), kNeighbourCount);
      bool same = found.size() == near_.size();
      for (std::size_t i = 0; same && i < found.size(); ++i) same = found[i].image == near_[i].image;
      near_ = std::move(found);
      if (!same) {
        std::vector<std::int64_t> images;
        for (const Neighbour& n : near_) images.push_back(n.image);
        strip_.show(model, std::move(images));
      }
    }
    return strip_.work(context);
  }

  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& model = *view.session.model;
    Rect rest = r;
    constexpr std::size_t columns = 4, rows = kNeighbourCount / columns;
    // On a phone both rows must fit without scrolling, so there are no names: the markers show the classes.
    const float caption = view.narrow ? 0 : kCaption, below = view.narrow ? 40 : 0;
    const float most = view.narrow ? std::max(40.0f, (view.room - below) / rows - kUnit) : 96;
    const float side = cell_side(rest.width, columns, kUnit, most);
    for (std::size_t i = 0; i < near_.size(); ++i) {
      const Rect cell{rest.x + static_cast<float>(i % columns) * (side + kUnit),
                      rest.y + static_cast<float>(i / columns) * (side + caption + kUnit), side, side + caption};
      const std::uint8_t label = model.file.test.labels[static_cast<std::size_t>(near_[i].image)];
      if (strip_.picture(i).pixels.size() == 0) continue;  // it will come
      picture_cell(view.painter, cell, model.file.model.spec.image, strip_.picture(i), text("near ", i),
                   view.narrow || !model.labelled ? "" : model.class_names[label], view.textures);
      view.painter.marker(label, {cell.x + 9, cell.y + 9}, 5, class_color(label));
      const Point mu = model.mu[static_cast<std::size_t>(near_[i].image)];
      name_button(
          view.painter, text("near ", i),
          texts::go_to(test_image_name(model, static_cast<std::size_t>(near_[i].image)), pair_text(mu.x, mu.y, 2)));
      if (view.painter.press(text("near ", i).c_str(), cell).clicked) {
        view.actions.push_back(SelectImage{static_cast<std::int32_t>(near_[i].image)});
        view.actions.push_back(FlyTo{mu});
      }
    }
    rest.cut_top(static_cast<float>((near_.size() + columns - 1) / columns) * (side + caption + kUnit));
    if (!near_.empty() && !view.narrow)
      words(view.painter, rest, strip_.has_originals() ? texts::kTheirOriginals : texts::kTheirReconstructions);
    if (!near_.empty())
      words(view.painter, rest,
            texts::distances(number_text(near_.front().distance, 3), number_text(near_.back().distance, 3)));
    return rest.y - r.y;
  }

  void on_plane(const ToolView& view, const PlaneCanvas& canvas) const override {
    if (!model_) return;
    for (const Neighbour& n : near_) {
      const Point at = canvas.screen(model_->mu[static_cast<std::size_t>(n.image)]);
      canvas.painter.ring(at, 6, view.painter.colors().ink, 1.5f);
    }
  }

 private:
  const LoadedModel* model_ = nullptr;
  std::uint64_t plane_ = 0;
  Point z_;
  std::vector<Neighbour> near_;
  TestImageStrip strip_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_neighbours_tool() { return std::make_unique<NeighboursTool>(); }

}  // namespace loom
