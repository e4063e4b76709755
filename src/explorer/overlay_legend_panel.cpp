#include <cmath>

#include "core/text.h"
#include "explorer/panels.h"
#include "explorer/widgets.h"

namespace loom {
namespace {

constexpr float kWidth = 300, kBar = 12, kIcon = 28;

void hatch_sample(const Painter& painter, Rect r) {
  painter.push_clip(r);
  for (float x = r.x - r.height; x < r.right(); x += 6)
    painter.list().AddLine(painter.pixels({x, r.bottom()}), painter.pixels({x + r.height, r.y}), painter.colors().muted,
                           painter.scale());
  painter.pop_clip();
  painter.outline(r, painter.colors().muted, 2);
}

void draw_bar(const Painter& painter, Rect r, const Legend& legend) {
  constexpr int kSteps = 60;
  const float step = r.width / kSteps;
  for (int i = 0; i < kSteps; ++i)
    painter.fill({r.x + step * static_cast<float>(i), r.y, step + 0.5f, r.height},
                 legend.color(painter.colors(), (static_cast<float>(i) + 0.5f) / kSteps));
  painter.outline(r, painter.colors().line);
  for (const Legend::Mark& mark : legend.marks) {
    const float x = r.x + mark.at * r.width;
    painter.line({x, r.bottom()}, {x, r.bottom() + 3}, painter.colors().muted);
    const float half = painter.text_width(TextSize::small, mark.label) / 2;
    painter.text(TextSize::small, {std::clamp(x, r.x + half, r.right() - half), r.bottom() + 11}, painter.colors().ink,
                 mark.label, Align::center);
  }
}

float height_of(const Painter& painter, const Legend& legend, float inner, bool short_words) {
  float height = kIcon + kUnit;
  if (legend.color) height += kBar + 22 + painter.paragraph_height(TextSize::small, inner, legend.unit) + kUnit / 2;
  if (!legend.hatched.empty()) height += 20;
  for (std::size_t i = 0; i < legend.lines.size() && !(short_words && i > 0); ++i)
    height += painter.paragraph_height(TextSize::small, inner, legend.lines[i]) + kUnit / 2;
  if (!legend.buttons.empty()) height += kButton + kUnit / 2;
  return height + kUnit;
}

}  // namespace

void draw_overlay_legend(const Painter& below, const Layout& layout, const Explorer& explorer, Ui& ui,
                         Actions& actions) {
  const OverlayLayer* layer = explorer.model ? layer_of(explorer, explorer.study) : nullptr;
  if (!layer || explorer.state.overlay == 0 || is_hidden(explorer.state, Part::overlay_legend)) return;
  const Overlay& row = overlays()[explorer.state.overlay];
  const bool small = layout.arrangement != Arrangement::wide;
  Legend legend = layer->legend(sight_of(explorer, layout.plane));
  const Rect plane = layout.plane;
  const float width = std::min(kWidth, plane.width - kTouchTarget - 5 * kUnit), inner = width - 3 * kUnit;
  if (small && plane.height < 340)
    legend.unit.clear(), legend.lines.resize(std::min<std::size_t>(1, legend.lines.size()));
  float height = height_of(below, legend, inner, small);
  // A plane hardly larger than the card: the bar with its numbers, and the i; the words are behind that.
  const bool slim = height > 0.4f * plane.height;
  if (slim) {
    legend.unit.clear(), legend.hatched.clear(), legend.lines.clear(), legend.buttons.clear();
    height = legend.color ? kBar + 22 + 1.5f * kUnit : kIcon;
  }
  const Rect card{plane.x + kUnit, plane.bottom() - height - 3.5f * kUnit, width, height};
  if (card.y < plane.y + 5.5f * kUnit) return;
  const Painter painter = begin_overlay("overlay legend", card, below);
  const Palette& colors = painter.colors();
  painter.fill(card, with_alpha(colors.raised, 0.94f), kUnit);
  painter.outline(card, colors.line, kUnit);
  Rect rest = card.inset(1.5f * kUnit);
  rest.y -= kUnit / 2;
  Rect head = slim ? Rect{card.x, card.y, card.width - kUnit / 2, card.height} : rest.cut_top(kIcon);
  const ExplorerState& state = explorer.state;
  const float before = head.width;
  if (!is_locked(state, Lock::overlay) && head_sign(painter, "off", head.cut_right(kIcon), "\u00d7"))
    actions.push_back(ChooseOverlay{""});
  if (!is_hidden(state, Part::why) && head_sign(painter, "why", head.cut_right(kIcon), "i"))
    ui.popup = Popup::why_overlay, ui.popup_scroll = 0;
  if (slim)
    rest.width -= before - head.width;
  else
    painter.text_within(TextSize::body, {head.x, head.center().y}, head.width, colors.ink, row.name);
  if (!slim) rest.cut_top(kUnit / 2);
  if (legend.color) {
    draw_bar(painter, rest.cut_top(kBar), legend);
    rest.cut_top(22);
    if (!legend.unit.empty()) words(painter, rest, legend.unit);
  }
  if (!legend.hatched.empty()) {
    Rect line = rest.cut_top(20);
    hatch_sample(painter, {line.x, line.center().y - 6, 20, 12});
    painter.text_within(TextSize::small, {line.x + 28, line.center().y}, line.width - 28, colors.muted, legend.hatched);
  }
  for (std::size_t i = 0; i < legend.lines.size() && !(small && i > 0); ++i)
    words(painter, rest, legend.lines[i], true);
  if (!legend.buttons.empty()) {
    std::vector<std::string> labels;
    for (const Legend::Button& b : legend.buttons) labels.push_back(b.label);
    const int clicked = button_row(painter, "legend button", rest, labels);
    if (clicked >= 0) actions.push_back(legend.buttons[static_cast<std::size_t>(clicked)].action);
  }
  end_overlay();
}

}  // namespace loom
