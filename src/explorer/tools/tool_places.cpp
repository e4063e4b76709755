#include <algorithm>

#include "core/text.h"
#include "explorer/draw/film_strip.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

constexpr float kCross = 30;  // side of the sign that removes a place

// The images at the places that the visitor keeps.
class PlacesTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const LoadedModel& model = *context.session.model;
    const std::vector<Point>& places = context.session.state.places;
    if (model_ != &model || plane_ != model.plane_serial || places_ != places) {
      model_ = &model, plane_ = model.plane_serial, places_ = places;
      Matrix codes(static_cast<Index>(places.size()), model.latent_dim());
      names_.clear();
      std::vector<double> by_class;
      for (std::size_t i = 0; i < places.size(); ++i) {
        codes.row(static_cast<Index>(i)) = model.plane.code(places[i]);
        const Neighbourhood near = neighbourhood(model, places[i], by_class);
        names_.emplace_back(!model.labelled  ? std::string_view()
                            : near.shown > 0 ? std::string_view(model.class_names[near.top[0].class_id])
                                             : texts::kNoClassNearby);
      }
      strip_.show(codes);
    }
    return strip_.work(model, context.deadline);
  }

  float panel(const ToolView& view, Rect r) override {
    const ExplorerState& state = view.session.state;
    const Painter& painter = view.painter;
    Rect rest = r;
    const bool is_kept = std::ranges::find(state.places, state.z) != state.places.end();
    const bool room = state.places.size() < kMostPlaces;
    const Rect row = rest.cut_top(button_height(view.narrow));
    if (button(painter, "keep place", {row.x, row.y, std::min(row.width, 200.0f), row.height}, texts::kKeepPlace, false,
               room && !is_kept))
      view.actions.push_back(KeepPlace{});
    rest.cut_top(kUnit);
    if (state.places.empty()) words(painter, rest, texts::kNoPlaces);
    if (!room) words(painter, rest, texts::most_places(kMostPlaces));
    draw_cells(view, rest);
    return rest.y - r.y;
  }

 private:
  void draw_cells(const ToolView& view, Rect& rest) const {
    const ExplorerState& state = view.session.state;
    const LoadedModel& model = *view.session.model;
    // After a click the images of the places follow in the next frame.
    if (places_ != state.places || places_.empty()) return;
    constexpr std::size_t kPlacesInRow = 3;
    const float side = cell_side(rest.width, kPlacesInRow, kUnit, 120);
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const Rect cell{rest.x + static_cast<float>(i % kPlacesInRow) * (side + kUnit),
                      rest.y + static_cast<float>(i / kPlacesInRow) * (side + kCaption + kUnit), side, side + kCaption};
      draw_cell(view, cell, i, model);
    }
    rest.cut_top(static_cast<float>((places_.size() + kPlacesInRow - 1) / kPlacesInRow) * (side + kCaption + kUnit));
  }

  void draw_cell(const ToolView& view, Rect cell, std::size_t i, const LoadedModel& model) const {
    const Painter& painter = view.painter;
    const std::string at = pair_text(places_[i].x, places_[i].y, 2), go = text("place ", i), drop = text("drop ", i);
    const Picture& picture = strip_.pictures()[i];
    if (picture.pixels.size() > 0)
      picture_cell(painter, cell, model.file.model.spec.image, picture, go, text(i + 1, "  ", names_[i]),
                   view.textures);
    // The cross comes first: of two pressable places on one spot, the first gets the press.
    const Rect cross{cell.right() - kCross, cell.y, kCross, kCross};
    name_button(painter, go, texts::go_to_place(i + 1, names_[i], at));
    name_button(painter, drop, texts::drop_place(i + 1));
    painter.disc(cross.center(), 10, with_alpha(painter.colors().raised, 0.8f));
    if (head_sign(painter, drop.c_str(), cross, "\u00d7", texts::drop_place(i + 1)))
      view.actions.push_back(DropPlace{i});
    const Press press = painter.press(go.c_str(), cell);
    if (press.hovered) painter.outline({cell.x, cell.y, cell.width, cell.width}, painter.colors().accent, 8, 2);
    if (press.clicked) view.actions.push_back(FlyTo{.z = places_[i], .jump = true});
  }

  const LoadedModel* model_ = nullptr;
  std::uint64_t plane_ = 0;
  std::vector<Point> places_;
  std::vector<std::string> names_;  // of the class near each
  FilmStrip strip_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_places_tool() { return std::make_unique<PlacesTool>(); }

}  // namespace loom
