#include <cmath>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/panels/panels.h"
#include "explorer/state/tour.h"

namespace loom {
namespace {

constexpr float kLegendWidth = 300, kBar = 12, kHatched = 20;
constexpr float kStrip = kTouchTarget, kStripWidth = 400, kStripBar = 84, kLeastBar = 24;  // folded: one line
constexpr float kMostOfPlane = 0.2f;                    // a card that covers more is folded at first
constexpr float kAboveCard = 5.5f * kUnit;              // space for the choosers

void hatch_sample(const Painter& painter, Rect r) {
  painter.push_clip(r);
  for (float x = r.x - r.height; x < r.right(); x += 6)
    painter.list().AddLine(painter.pixels({x, r.bottom()}), painter.pixels({x + r.height, r.y}), painter.colors().muted,
                           painter.scale());
  painter.pop_clip();
  painter.outline(r, painter.colors().muted, 2);
}

void color_bar(const Painter& painter, Rect r, const Legend& legend) {
  constexpr int kSteps = 60;
  const float step = r.width / kSteps;
  for (int i = 0; i < kSteps; ++i)
    painter.fill({r.x + step * static_cast<float>(i), r.y, step + 0.5f, r.height},
                 legend.color(painter.colors(), (static_cast<float>(i) + 0.5f) / kSteps));
  painter.outline(r, painter.colors().line);
}

void draw_bar(const Painter& painter, Rect r, const Legend& legend) {
  color_bar(painter, r, legend);
  for (const Legend::Mark& mark : legend.marks) {
    const float x = r.x + mark.at * r.width;
    painter.line({x, r.bottom()}, {x, r.bottom() + 3}, painter.colors().muted);
    const float half = painter.text_width(TextSize::small, mark.label) / 2;
    painter.text(TextSize::small, {std::clamp(x, r.x + half, r.right() - half), r.bottom() + 11}, painter.colors().ink,
                 mark.label, Align::center);
  }
}

float height_of(const Painter& painter, const Legend& legend, float inner, bool narrow) {
  float height = button_height(narrow) + kUnit;
  if (legend.color) height += kBar + 22;
  if (!legend.unit.empty()) height += painter.paragraph_height(TextSize::small, inner, legend.unit) + kUnit / 2;
  if (!legend.hatched.empty()) height += kHatched;
  for (const std::string& line : legend.lines)
    height += painter.paragraph_height(TextSize::small, inner, line) + kUnit / 2;
  if (!legend.buttons.empty()) height += button_height(narrow) + kUnit / 2;
  return height + kUnit;
}

// Removes parts of the legend until the card fits; the "i" button explains them, too. Returns the card's height.
float shortened(const Painter& painter, Legend& legend, float inner, float most, bool narrow) {
  float height = height_of(painter, legend, inner, narrow);
  const auto again = [&] { return (height = height_of(painter, legend, inner, narrow)) <= most; };
  if (height <= most) return height;
  if (legend.lines.size() > 1) legend.lines.resize(1);
  if (again()) return height;
  legend.unit.clear();
  if (again()) return height;
  legend.hatched.clear();
  if (again()) return height;
  legend.lines.clear();
  again();
  return height;
}

// An arrow head that points up (to unfold) or down (to fold).
bool fold_sign(const Painter& painter, Rect r, bool up, bool takes_press) {
  const Palette& colors = painter.colors();
  const Press press = takes_press ? painter.press("legend fold", r) : Press{};
  painter.tip(r, texts::kFoldTip.words);
  if (press.hovered || press.held) painter.fill(r.inset(2), press.held ? colors.pressed : colors.hover, r.width / 2);
  chevron(painter, r.center(), up);
  return press.clicked;
}

void draw_back(const Painter& painter, Rect card) {
  painter.fill(card, with_alpha(painter.colors().raised, 0.94f), kUnit);
  painter.outline(card, painter.colors().line, kUnit);
}

bool draw_off(const Painter& painter, Rect& head, float icon, const ExplorerState& state, Actions& actions) {
  if (is_locked(state, Lock::overlay)) return false;
  const bool off = head_sign(painter, "off", head.cut_right(icon), "\u00d7", texts::kCloseTip.words);
  if (off) actions.push_back(ChooseOverlay{""});
  return off;
}

// The first button of a legend stays in reach when the legend is folded.
void draw_strip_button(const Painter& painter, Rect& rest, const Legend::Button& shown, Actions& actions) {
  const float width = painter.text_width(TextSize::small, shown.label) + 2.5f * kUnit;
  if (rest.width < width + 2.5f * kTouchTarget) return;
  if (button(painter, "legend strip button", rest.cut_right(width), shown.label)) actions.push_back(shown.action);
  rest.cut_right(kUnit / 2);
}

// The folded legend: the colour bar between its end values, and the unit. A press unfolds it.
void draw_strip(const Painter& below, Rect strip, const Overlay& row, const Legend& legend, const ExplorerState& state,
                Ui& ui, Actions& actions) {
  const Painter painter = begin_overlay("overlay legend", strip, below);
  const Palette& colors = painter.colors();
  draw_back(painter, strip);
  Rect rest = strip;
  rest.cut_right(kUnit / 2);
  draw_off(painter, rest, kTouchTarget, state, actions);
  if (!legend.buttons.empty()) draw_strip_button(painter, rest, legend.buttons.front(), actions);
  const Press press = painter.press("legend fold", rest);
  if (press.clicked) ui.legend = LegendFold::open;
  if (press.hovered || press.held) painter.fill(rest.inset(2), press.held ? colors.pressed : colors.hover, 6);
  fold_sign(painter, rest.cut_right(kTouchTarget), true, false);
  rest.cut_left(1.5f * kUnit);
  const float y = rest.center().y;
  const std::string_view brief = legend.brief.empty() ? row.name : std::string_view(legend.brief);
  // The words come first; the colour bar takes what they leave.
  const float for_bar = rest.width - painter.text_width(TextSize::small, brief) - kUnit;
  const auto width_of = [&](const Legend::Mark& mark) { return painter.text_width(TextSize::small, mark.label); };
  const float numbers =
      legend.marks.empty() ? 0 : width_of(legend.marks.front()) + width_of(legend.marks.back()) + 2 * kUnit + 4;
  const bool fits = !legend.marks.empty() && for_bar > numbers + kLeastBar;
  if (legend.color && fits) {
    const auto number = [&](const Legend::Mark& mark) {
      painter.text(TextSize::small, {rest.cut_left(width_of(mark)).x, y}, colors.ink, mark.label);
      rest.cut_left(kUnit / 2 + 2);
    };
    number(legend.marks.front());
    const Rect bar = rest.cut_left(std::min(kStripBar, for_bar - numbers));
    color_bar(painter, {bar.x, y - kBar / 2, bar.width, kBar}, legend);
    rest.cut_left(kUnit / 2 + 2);
    number(legend.marks.back());
    rest.cut_left(kUnit / 2);
  }
  if (rest.width > 3 * kUnit) painter.text_within(TextSize::small, {rest.x, y}, rest.width, colors.ink, brief);
  end_overlay();
}

void draw_legend_card(const Painter& below, Rect card, const Overlay& row, const Legend& legend,
                      const ExplorerState& state, bool narrow, Ui& ui, Actions& actions) {
  const Painter painter = begin_overlay("overlay legend", card, below);
  const Palette& colors = painter.colors();
  draw_back(painter, card);
  Rect rest = card.inset(1.5f * kUnit);
  rest.y -= kUnit / 2;
  const float icon = button_height(narrow);
  Rect head = rest.cut_top(icon);
  draw_off(painter, head, icon, state, actions);
  if (fold_sign(painter, head.cut_right(icon), false, true)) ui.legend = LegendFold::folded;
  if (!is_hidden(state, Part::why) && head_sign(painter, "why", head.cut_right(icon), "i", texts::kWhyTip.words))
    ui.popup = Popup::why_overlay, ui.popup_scroll = 0;
  painter.text_within(TextSize::body, {head.x, head.center().y}, head.width, colors.ink, row.name);
  rest.cut_top(kUnit / 2);
  if (legend.color) {
    const Rect bar = rest.cut_top(kBar);
    draw_bar(painter, bar, legend);
    painter.tip(bar.inset(-4), row.what);
    rest.cut_top(22);
  }
  if (!legend.unit.empty()) words(painter, rest, legend.unit);
  if (!legend.hatched.empty()) {
    Rect line = rest.cut_top(kHatched);
    hatch_sample(painter, {line.x, line.center().y - 6, 20, 12});
    painter.text_within(TextSize::small, {line.x + 28, line.center().y}, line.width - 28, colors.muted, legend.hatched);
  }
  for (const std::string& line : legend.lines) words(painter, rest, line, true);
  if (!legend.buttons.empty()) {
    std::vector<std::string_view> labels;
    for (const Legend::Button& b : legend.buttons) labels.push_back(b.label);
    const int clicked = button_row(painter, "legend button", rest, labels, button_height(narrow));
    if (clicked >= 0) actions.push_back(legend.buttons[static_cast<std::size_t>(clicked)].action);
  }
  end_overlay();
}

}  // namespace

void draw_overlay_legend(const Painter& below, const Layout& layout, const Explorer& explorer, Ui& ui,
                         Actions& actions) {
  const ExplorerState& state = explorer.state;
  if (is_hidden(state, Part::overlay_legend)) return;
  std::optional<Legend> found = legend_of(explorer, layout.plane);
  if (!found) return;
  Legend& legend = *found;
  const Overlay& row = overlays()[state.overlay];
  Rect plane = layout.plane;
  const Rect card_of_tour = tour_card(below, layout, explorer,
                                      ui.drawn.pressables);  // on a phone it is at the bottom: the legend goes above it
  const bool narrow = layout.arrangement != Arrangement::wide;
  // Beside the card of a tour that speaks of something else, a small map has no room for it.
  if (narrow && card_of_tour.width > 0 && tour()[state.tour - 1].target != TourTarget::legend_button) return;
  if (card_of_tour.width > 0 && card_of_tour.y > plane.center().y)
    plane.height = std::min(plane.height, card_of_tour.y - plane.y);
  // Leaves room for the zoom buttons at its right.
  const float free = plane.width - kTouchTarget - 4 * kUnit;
  const float width = std::min(kLegendWidth, free), inner = width - 3 * kUnit;
  if (width < 2 * kTouchTarget) return;
  const float all = height_of(below, legend, inner, narrow);
  const bool open = ui.legend == LegendFold::open ||
                    (ui.legend == LegendFold::automatic && width * all <= kMostOfPlane * plane.width * plane.height);
  const float room = plane.height - kAboveCard - kUnit;
  const float height = open ? shortened(below, legend, inner, room, narrow) : kStrip;
  if (height > room) return;
  // Above the tick labels of the axis, unless the card needs their space.
  const float gap = height + 3.5f * kUnit <= plane.height - kAboveCard ? 3.5f * kUnit : kUnit;
  const Rect card{plane.x + kUnit, plane.bottom() - height - gap, open ? width : std::min(kStripWidth, free), height};
  if (open)
    draw_legend_card(below, card, row, legend, state, narrow, ui, actions);
  else
    draw_strip(below, card, row, legend, state, ui, actions);
}

}  // namespace loom
