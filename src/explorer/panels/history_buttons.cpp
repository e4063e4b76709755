#include <array>
#include <cmath>
#include <numbers>

#include "explorer/panels/panels.h"

namespace loom {
namespace {

// An arrow to the left that comes from a half circle below; mirrored for redo.
void turn(const Painter& painter, Point center, float mirror, Color ink) {
  constexpr int kPieces = 8;
  constexpr float kTop = -3, kRadius = 4;
  const auto at = [&](float x, float y) { return Point{center.x + mirror * x, center.y + y}; };
  painter.line(at(-7, kTop), at(2, kTop), ink, 1.5f);
  Point from = at(2, kTop);
  for (int i = 1; i <= kPieces; ++i) {
    const float angle = std::numbers::pi_v<float> * static_cast<float>(i) / kPieces;
    const Point to = at(2 + kRadius * std::sin(angle), kTop + kRadius - kRadius * std::cos(angle));
    painter.line(from, to, ink, 1.5f);
    from = to;
  }
  painter.line(at(2, kTop + 2 * kRadius), at(-3, kTop + 2 * kRadius), ink, 1.5f);
  painter.line(at(-7, kTop), at(-3, kTop - 4), ink, 1.5f);
  painter.line(at(-7, kTop), at(-3, kTop + 4), ink, 1.5f);
}

}  // namespace

Rect history_buttons_place(const Layout& layout, const Explorer& explorer) {
  constexpr float kUnderChoosers = 52;  // where the plane is free of the buttons above (chooser_panel.cpp)
  const Rect& plane = layout.plane;
  if (is_hidden(explorer.state, Part::plane_buttons)) return {};
  if (!explorer.history.can_undo() && !explorer.history.can_redo()) return {};
  const float right = plane.right() - 1.5f * kUnit;
  if (layout.arrangement != Arrangement::wide) {
    const float end = std::max(plane.right(), layout.compared_plane.right()) - kUnit;
    const Rect at_top{end - 2 * kTouchTarget, plane.y + kUnit, 2 * kTouchTarget, kTouchTarget};
    return at_top.x < plane.x + 4 * kTouchTarget || plane.height < kUnderChoosers ? Rect{} : at_top;
  }
  const Rect view = plane_buttons_place(layout, explorer.state);
  const float bottom = view.width > 0 ? view.y - kUnit : plane.bottom() - 4 * kUnit;
  const Rect above{right - kTouchTarget, bottom - 2 * kTouchTarget, kTouchTarget, 2 * kTouchTarget};
  return above.y >= plane.y + kUnderChoosers ? above : Rect{};
}

void draw_history_buttons(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions) {
  Rect rest = history_buttons_place(layout, explorer);
  if (rest.width == 0) return;
  const Rect frame = rest;
  const bool upright = frame.height > frame.width;
  const Painter painter = begin_overlay("history", frame, below);
  const Palette& colors = painter.colors();
  painter.fill(frame, colors.raised, kUnit);
  struct Button {
    const char* id;
    float mirror;
    bool enabled;
    Action action;
  };
  const std::array<Button, 2> buttons{
      {{"undo", 1, explorer.history.can_undo(), Undo{}}, {"redo", -1, explorer.history.can_redo(), Redo{}}}};
  for (const Button& button : buttons) {
    const Rect r = upright ? rest.cut_top(kTouchTarget) : rest.cut_left(kTouchTarget);
    const Press press = painter.press(button.id, r);
    painter.tip(r, button.mirror > 0 ? texts::kUndoTip.words : texts::kRedoTip.words);
    const bool lit = button.enabled && (press.hovered || press.held);
    if (lit) painter.fill(r.inset(3), press.held ? colors.pressed : colors.hover, 6);
    turn(painter, r.center(), button.mirror, button.enabled ? colors.ink : with_alpha(colors.muted, 0.45f));
    if (press.clicked && button.enabled) actions.push_back(button.action);
  }
  painter.outline(frame.inset(0.5f), colors.line, kUnit);
  end_overlay();
}

}  // namespace loom
