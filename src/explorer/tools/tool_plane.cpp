#include <cmath>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

constexpr float kSpreads = 3;  // a slider reaches this many standard deviations of the encoded means

class PlaneTool : public ToolLayer {
 public:
  float panel(const ToolView& view, Rect r) override {
    const Slice& plane = view.session.model->plane;
    const PlaneChoice& choice_now = plane.choice();
    Rect rest = r;
    const float height = button_height(view.narrow);
    const int basis = choice(view.painter, "basis", rest.cut_top(height), texts::kBases, choice_now.principal ? 1 : 0);
    if (basis >= 0) view.actions.push_back(SetPlane{{.principal = basis == 1, .others = {}}});
    rest.cut_top(kUnit);
    for (std::size_t side = 0; side < 2; ++side) draw_axis(view, rest, plane, side);
    heading(view.painter, rest, texts::kOtherDirections);
    for (Index k = 0; k < plane.dimensions(); ++k) {
      const auto axis = static_cast<std::uint16_t>(k);
      if (axis == choice_now.axes[0] || axis == choice_now.axes[1]) continue;
      const auto at = static_cast<std::size_t>(k);
      float value = at < choice_now.others.size() ? choice_now.others[at] : 0;
      Rect row = rest.cut_top(view.narrow ? kTouchTarget : 26);
      view.painter.text(TextSize::small, {row.x, row.center().y}, view.painter.colors().muted,
                        direction_name(choice_now, at));
      row.cut_left(48);
      view.painter.text(TextSize::small, {row.right(), row.center().y}, view.painter.colors().ink,
                        number_text(value, 2), Align::right);
      row.cut_right(48);
      const float reach = kSpreads * std::max(plane.spread(k), 0.05f);
      if (slider(view.painter, text("w", k).c_str(), direction_name(choice_now, at), row, value, -reach, reach))
        view.actions.push_back(SetCoordinate{at, value});
    }
    rest.cut_top(kUnit / 2);
    const int clicked = button_row(view.painter, "rest", rest, texts::kOthersButtons, height);
    if (clicked == 0) {
      PlaneChoice zeros = choice_now;
      zeros.others.clear();
      view.actions.push_back(SetPlane{zeros});
    }
    if (clicked == 1) view.actions.push_back(UseNearestCode{});
    return rest.y - r.y;
  }

 private:
  // One of the two directions of the plane, with arrows to step through all.
  static void draw_axis(const ToolView& view, Rect& rest, const Slice& plane, std::size_t side) {
    const PlaneChoice& choice_now = plane.choice();
    Rect row = rest.cut_top(button_height(view.narrow));
    const std::uint16_t axis = choice_now.axes[side];
    const auto step = [&](int by) {
      const auto count = static_cast<int>(plane.dimensions());
      PlaneChoice next = choice_now;
      int to = next.axes[side];
      do to = (to + by + count) % count;
      while (to == next.axes[1 - side]);
      next.axes[side] = static_cast<std::uint16_t>(to);
      view.actions.push_back(SetPlane{next});
    };
    const float width = row.height + 8;
    const std::string_view where = texts::kAxisPlaces[side];
    if (button(view.painter, text("axis up ", side).c_str(), row.cut_right(width), ">", false, true,
               texts::next_direction(where)))
      step(1);
    row.cut_right(kUnit / 2);
    if (button(view.painter, text("axis down ", side).c_str(), row.cut_right(width), "<", false, true,
               texts::previous_direction(where)))
      step(-1);
    row.cut_right(kUnit);
    const bool roomy = row.width > 220;
    fact(view.painter, row, where,
         text(direction_name(choice_now, axis), ", ", percent_text(plane.share(axis)),
              roomy ? texts::kOfVariance : std::string_view()));
    rest.cut_top(kUnit / 2);
  }
};

}  // namespace

std::unique_ptr<ToolLayer> make_plane_tool() { return std::make_unique<PlaneTool>(); }

}  // namespace loom
