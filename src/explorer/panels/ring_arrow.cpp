#include "explorer/panels/panels.h"

namespace loom {
namespace {

constexpr float kArrowDisc = 18;       // radius of the disc with the arrow
constexpr float kBelowChoosers = 52;  // where the plane is free of the buttons above (chooser_panel.cpp)

void arrow(const Painter& painter, Point center, Point way, Color ink) {
  const Point side{-way.y, way.x};
  const Point tip = center + way * 8, tail = center - way * 8;
  painter.line(tail, tip, ink, 2);
  painter.line(tip, tip - way * 6 + side * 5, ink, 2);
  painter.line(tip, tip - way * 6 - side * 5, ink, 2);
}

// The middle of the disc, at the edge of the plane and beside the buttons on it.
Point place_of(const Layout& layout, const ExplorerState& state, Point ring) {
  Rect inside = layout.plane.inset(kArrowDisc + kUnit);
  inside.cut_top(kBelowChoosers);
  Point at = edge_towards(inside, ring);
  const Rect buttons = plane_buttons_place(layout, state).inset(-kArrowDisc);
  if (buttons.width > 2 * kArrowDisc && buttons.contains(at)) at.x = buttons.x - kUnit;
  return at;
}

}  // namespace

void draw_ring_arrow(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions) {
  const ExplorerState& state = explorer.state;
  const Rect& plane = layout.plane;
  if (!explorer.model || is_hidden(state, Part::ring) || plane.width < 4 * kTouchTarget) return;
  const Point ring = to_screen(current_view(state, explorer.model), plane, state.z);
  if (plane.contains(ring)) return;
  const Point at = place_of(layout, state, ring);
  const Point way = (ring - at) * (1 / std::max(1.0f, length(ring - at)));
  const Rect r{at.x - kArrowDisc, at.y - kArrowDisc, 2 * kArrowDisc, 2 * kArrowDisc};
  const bool movable = !is_locked(state, Lock::view);
  const Painter painter = begin_overlay("ring arrow", r, below, movable);
  const Palette& colors = painter.colors();
  const Press press = movable ? painter.press("to the ring", r) : Press{};
  if (press.clicked) actions.push_back(CenterOnZ{});
  painter.tip(r, texts::kRingArrowTip.words);
  painter.disc(at, kArrowDisc, press.held ? colors.pressed : press.hovered ? colors.hover : colors.raised);
  painter.ring(at, kArrowDisc - 1, colors.accent, 2);
  arrow(painter, at, way, colors.accent);
  end_overlay();
}

}  // namespace loom
