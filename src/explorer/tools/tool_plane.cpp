#include <cmath>

#include "core/text.h"
#include "explorer/app/explorer.h"
#include "explorer/draw/widgets.h"
#include "explorer/state/number_text.h"

namespace loom {
namespace {

const std::array<std::string, 2> kBases{"Latent axes", "Principal directions"};
constexpr float kSpreads = 3;  // a slider reaches this many deviations of the means

class PlaneTool : public ToolLayer {
 public:
  float panel(const ToolView& view, Rect r) override {
    const Slice& plane = view.explorer.model->plane;
    const PlaneChoice& choice_now = plane.choice();
    Rect rest = r;
    const float height = button_height(view.narrow);
    const int basis = choice(view.painter, "basis", rest.cut_top(height), kBases, choice_now.principal ? 1 : 0);
    if (basis >= 0)
      view.actions.push_back(Edit{[basis](ExplorerState& s) { s.plane = {}, s.plane.principal = basis == 1; }});
    rest.cut_top(kUnit);
    for (std::size_t side = 0; side < 2; ++side) draw_axis(view, rest, plane, side);
    heading(view.painter, rest, "The other directions");
    for (Index k = 0; k < plane.dimensions(); ++k) {
      const auto axis = static_cast<std::uint8_t>(k);
      if (axis == choice_now.axes[0] || axis == choice_now.axes[1]) continue;
      const auto at = static_cast<std::size_t>(k);
      float value = at < choice_now.others.size() ? choice_now.others[at] : 0;
      Rect row = rest.cut_top(view.narrow ? 36 : 26);
      view.painter.text(TextSize::small, {row.x, row.center().y}, view.painter.colors().muted,
                        direction_name(choice_now, at));
      row.cut_left(48);
      view.painter.text(TextSize::small, {row.right(), row.center().y}, view.painter.colors().ink,
                        number_text(value, 2), Align::right);
      row.cut_right(48);
      const float reach = kSpreads * std::max(plane.spread(k), 0.05f);
      if (slider(view.painter, text("w", k).c_str(), direction_name(choice_now, at), row, value, -reach, reach))
        view.actions.push_back(Edit{[at, value](ExplorerState& s) {
          s.plane.others.resize(std::max(s.plane.others.size(), at + 1), 0.0f);
          s.plane.others[at] = std::fabs(value) < 0.01f ? 0 : value;
        }});
    }
    rest.cut_top(kUnit / 2);
    const std::array<std::string, 2> buttons{"All back to 0", "From the nearest test picture"};
    const int clicked = button_row(view.painter, "rest", rest, buttons, height);
    if (clicked == 0) view.actions.push_back(Edit{[](ExplorerState& s) { s.plane.others.clear(); }});
    if (clicked == 1) view.actions.push_back(Do{take_over});
    return rest.y - r.y;
  }

 private:
  // One of the two directions of the plane, with arrows to step through all.
  static void draw_axis(const ToolView& view, Rect& rest, const Slice& plane, std::size_t side) {
    const PlaneChoice& choice_now = plane.choice();
    Rect row = rest.cut_top(button_height(view.narrow));
    const std::uint8_t axis = choice_now.axes[side];
    const auto step = [&](int by) {
      const auto count = static_cast<int>(plane.dimensions());
      view.actions.push_back(Edit{[side, by, count](ExplorerState& s) {
        int to = s.plane.axes[side];
        do to = (to + by + count) % count;
        while (to == s.plane.axes[1 - side]);
        s.plane.axes[side] = static_cast<std::uint8_t>(to);
      }});
    };
    const float width = row.height + 8;
    const std::string where = side == 0 ? "to the right" : "upwards";
    if (button(view.painter, text("axis up ", side).c_str(), row.cut_right(width), ">", false, true,
               "Next direction " + where))
      step(1);
    row.cut_right(kUnit / 2);
    if (button(view.painter, text("axis down ", side).c_str(), row.cut_right(width), "<", false, true,
               "Previous direction " + where))
      step(-1);
    row.cut_right(kUnit);
    const bool roomy = row.width > 220;
    fact(view.painter, row, where,
         text(direction_name(choice_now, axis), ", ", percent_text(plane.share(axis)), roomy ? " of the spread" : ""));
    rest.cut_top(kUnit / 2);
  }

  // The other coordinates of the encoded picture nearest to the ring: a plane through something that exists.
  static void take_over(Explorer& explorer) {
    const LoadedModel& model = *explorer.model;
    const std::int64_t n =
        model.index.nearest(explorer.state.z, 6 * model.home.half, [](std::uint32_t) { return true; });
    if (n < 0) return;
    explorer.state.plane.others = model.plane.weights(RowVector(model.file.test.mu.row(static_cast<Index>(n))));
    explorer.state.z = model.mu[static_cast<std::size_t>(n)];
  }
};

}  // namespace

std::unique_ptr<ToolLayer> make_plane_tool() { return std::make_unique<PlaneTool>(); }

}  // namespace loom
