#include <array>

#include "explorer/panels/panels.h"

namespace loom {
namespace {

// Icons drawn from lines, because the glyphs of fonts are not exactly centred.
void plus(const Painter& p, Point c, Color ink) {
  p.line({c.x - 6, c.y}, {c.x + 7, c.y}, ink, 1.5f);
  p.line({c.x, c.y - 6}, {c.x, c.y + 7}, ink, 1.5f);
}
void minus(const Painter& p, Point c, Color ink) { p.line({c.x - 6, c.y}, {c.x + 7, c.y}, ink, 1.5f); }
// Four corners: the icon of "show all".
void corners(const Painter& p, Point c, Color ink) {
  for (const float x : {-1.0f, 1.0f})
    for (const float y : {-1.0f, 1.0f}) {
      const Point corner{c.x + 6 * x, c.y + 6 * y};
      p.line(corner, {corner.x - 4 * x, corner.y}, ink, 1.5f);
      p.line(corner, {corner.x, corner.y - 4 * y}, ink, 1.5f);
    }
}

constexpr float kStep = 1.5f;  // zoom factor of the buttons

struct Button {
  const char* id;
  void (*sign)(const Painter&, Point, Color);
  Action action;
  std::string_view tip;
};

std::array<Button, 3> plane_buttons() {
  return {{{"zoom in", plus, ZoomBy{kStep}, texts::kZoomInTip.words},
           {"zoom out", minus, ZoomBy{1 / kStep}, texts::kZoomOutTip.words},
           {"show all", corners, GoHome{}, texts::kHomeTip.words}}};
}

// Whether a press of the button would change the view.
bool is_enabled(const Button& button, const Explorer& explorer) {
  if (!explorer.model) return true;
  const View &home = explorer.model->home, view = current_view(explorer.state, explorer.model);
  if (const ZoomBy* zoom = std::get_if<ZoomBy>(&button.action)) return can_zoom(view, home, zoom->factor);
  return view != home;
}

}  // namespace

// At the lower right; empty if there is no room, because the wheel, two fingers and keys do the same.
Rect plane_buttons_place(const Layout& layout, const ExplorerState& state) {
  constexpr float kSmallest = 260;  // on a smaller plane of a comparison the buttons would cover too much
  const Rect& plane = layout.plane;
  if (is_hidden(state, Part::plane_buttons) || is_locked(state, Lock::view)) return {};
  if (layout.compared_plane.width > 0 && std::min(plane.width, plane.height) < kSmallest) return {};
  const float height = 3 * kTouchTarget;
  const Rect stack{plane.right() - kTouchTarget - 1.5f * kUnit, plane.bottom() - height - 4 * kUnit, kTouchTarget,
                   height};
  return stack.y < plane.y + kUnit ? Rect{} : stack;
}

PlaneButtons hit_test_plane_buttons(const Painter& painter, const Layout& layout, const Explorer& explorer,
                                    Actions& actions) {
  Rect stack = plane_buttons_place(layout, explorer.state);
  PlaneButtons hits;
  std::size_t i = 0;
  for (const Button& button : plane_buttons()) {
    hits[i] = painter.press(button.id, stack.cut_top(kTouchTarget));
    if (hits[i++].clicked) actions.push_back(button.action);
  }
  return hits;
}

void draw_plane_buttons(const Painter& painter, const Layout& layout, const Explorer& explorer,
                        const PlaneButtons& hits) {
  Rect stack = plane_buttons_place(layout, explorer.state);
  if (stack.width == 0) return;
  const Palette& colors = painter.colors();
  const Rect frame = stack;
  painter.fill(frame, colors.raised, kUnit);
  std::size_t i = 0;
  for (const Button& button : plane_buttons()) {
    const Rect r = stack.cut_top(kTouchTarget);
    const Press press = hits[i++];
    const bool enabled = is_enabled(button, explorer);
    if (enabled && (press.hovered || press.held))
      painter.fill(r.inset(3), press.held ? colors.pressed : colors.hover, 6);
    button.sign(painter, r.center(), enabled ? colors.ink : with_alpha(colors.muted, 0.45f));
    painter.tip(r, button.tip);
  }
  painter.outline(frame, colors.line, kUnit);
}

}  // namespace loom
