#include <array>

#include "explorer/panels.h"

namespace loom {
namespace {

// Signs drawn from lines, because fonts place theirs unevenly.
void plus(const Painter& p, Point c, Color ink) {
  p.line({c.x - 6, c.y}, {c.x + 7, c.y}, ink, 1.5f);
  p.line({c.x, c.y - 6}, {c.x, c.y + 7}, ink, 1.5f);
}
void minus(const Painter& p, Point c, Color ink) { p.line({c.x - 6, c.y}, {c.x + 7, c.y}, ink, 1.5f); }
// Four corners: all there is.
void corners(const Painter& p, Point c, Color ink) {
  for (const float x : {-1.0f, 1.0f})
    for (const float y : {-1.0f, 1.0f}) {
      const Point corner{c.x + 6 * x, c.y + 6 * y};
      p.line(corner, {corner.x - 4 * x, corner.y}, ink, 1.5f);
      p.line(corner, {corner.x, corner.y - 4 * y}, ink, 1.5f);
    }
}

struct Button {
  const char* id;
  void (*sign)(const Painter&, Point, Color);
  Action action;
};

}  // namespace

void draw_plane_buttons(const Painter& painter, const Layout& layout, Actions& actions) {
  constexpr float kStep = 1.5f;
  const std::array<Button, 3> buttons{
      {{"zoom in", plus, ZoomBy{kStep}}, {"zoom out", minus, ZoomBy{1 / kStep}}, {"show all", corners, GoHome{}}}};
  const float height = kTouchTarget * buttons.size();
  const Palette& colors = painter.colors();
  Rect stack{layout.plane.right() - kTouchTarget - 1.5f * kUnit, layout.plane.bottom() - height - 4 * kUnit, kTouchTarget, height};
  if (stack.y < layout.plane.y + kUnit) return;  // no room: the wheel, two fingers and keys do the same
  painter.fill(stack, colors.raised, kUnit);
  const Rect frame = stack;
  for (const Button& button : buttons) {
    const Rect r = stack.cut_top(kTouchTarget);
    const Press press = painter.press(button.id, r);
    if (press.hovered || press.held) painter.fill(r.inset(3), press.held ? colors.pressed : colors.hover, 6);
    button.sign(painter, r.center(), colors.ink);
    if (press.clicked) actions.push_back(button.action);
  }
  painter.outline(frame, colors.line, kUnit);
}

}  // namespace loom
