// Cards and lists on top of the window.
#include "explorer/draw/widgets.h"
#include "explorer/panels/panels.h"

#include "core/text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kKeyHeight = 24;  // of a row of the table of keys
constexpr float kCardWidest = 640, kTitle = 28, kGap = 12, kFoot = 56;
constexpr float kNarrowestColumn = 300;  // of a list in two columns
constexpr float kCardRow = 52, kHeading = 28, kCardRadius = 8;

Point mouse_of(const Painter& painter) {
  const ImGuiIO& io = ImGui::GetIO();
  return {io.MousePos.x / painter.scale(), io.MousePos.y / painter.scale()};
}

// Scrolls with the wheel or a dragging finger. `hidden`: points of content that do not fit.
void scroll_by(const Painter& painter, float& scroll, float hidden) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool dragging = ImGui::IsMouseDragging(ImGuiMouseButton_Left, 0);
  scroll -= 40 * io.MouseWheel + (dragging ? io.MouseDelta.y / painter.scale() : 0);
  scroll = std::clamp(scroll, 0.0f, std::max(0.0f, hidden));
}

float text_height(const Painter& painter, float width, const CardContent& content) {
  float height = 0;
  for (const texts::Paragraph& p : content.paragraphs)
    height += (p.title.empty() ? 0 : kTitle) + painter.paragraph_height(TextSize::body, width, p.words) + kGap;
  if (!content.keys.empty()) height += kTitle + kKeyHeight * static_cast<float>(content.keys.size()) + kGap;
  return height;
}

void draw_keys(const Painter& painter, Rect area, std::span<const texts::KeyRow> keys) {
  constexpr float kKeyWidth = 108;
  const Palette& colors = painter.colors();
  painter.text(TextSize::small, {area.x, area.cut_top(kTitle).center().y}, colors.accent, texts::kKeys);
  for (const texts::KeyRow& key : keys) {
    const float y = area.cut_top(kKeyHeight).center().y;
    painter.text(TextSize::body, {area.x, y}, colors.ink, key.keys);
    painter.text_within(TextSize::body, {area.x + kKeyWidth, y}, area.width - kKeyWidth, colors.muted, key.what);
  }
}

void draw_text(const Painter& painter, Rect area, float scroll, const CardContent& content) {
  painter.push_clip(area);
  float y = area.y - scroll;
  for (const texts::Paragraph& p : content.paragraphs) {
    if (!p.title.empty()) {
      painter.text(TextSize::small, {area.x, y + kTitle / 2}, painter.colors().accent, p.title);
      y += kTitle;
    }
    y += painter.paragraph(TextSize::body, {area.x, y, area.width, area.height}, painter.colors().ink, p.words) + kGap;
  }
  if (!content.keys.empty()) draw_keys(painter, {area.x, y, area.width, 10000}, content.keys);
  painter.pop_clip();
}

// One row of a list.
bool draw_row(const Painter& painter, Rect r, const ListItem& item, std::size_t number) {
  const Palette& colors = painter.colors();
  const Press press = item.enabled ? painter.press(text("row ", number).c_str(), r) : Press{};
  if (press.hovered || press.held) painter.fill(r, press.held ? colors.pressed : colors.hover, 6);
  if (item.current) painter.fill({r.x, r.y + kUnit, 3, r.height - 2 * kUnit}, colors.accent, 1.5f);
  const bool two_lines = !item.what.empty();
  const float width = r.width - 3 * kUnit;
  const Color ink = item.enabled ? colors.ink : with_alpha(colors.muted, 0.7f);
  painter.text_within(TextSize::body, {r.x + 1.5f * kUnit, r.center().y - (two_lines ? 9 : 0)}, width, ink, item.title);
  if (two_lines)
    painter.text_within(TextSize::small, {r.x + 1.5f * kUnit, r.center().y + 10}, width,
                        item.enabled ? colors.muted : with_alpha(colors.muted, 0.7f), item.what);
  return press.clicked;
}

float height_of(const ListItem& item) { return kCardRow + (item.heading.empty() ? 0 : kHeading); }

float height_of(std::span<const ListItem> items) {
  float height = kUnit;
  for (const ListItem& item : items) height += height_of(item);
  return height;
}

// The item that begins the second of two columns: the columns differ as little in height as they can, and none is
// separated from its heading.
std::size_t second_column(std::span<const ListItem> items) {
  const bool headings = std::ranges::any_of(items, [](const ListItem& item) { return !item.heading.empty(); });
  std::size_t best = items.size();
  float lowest = height_of(items);
  for (std::size_t i = 1; i < items.size(); ++i) {
    if (headings && items[i].heading.empty()) continue;
    const float higher = std::max(height_of(items.first(i)), height_of(items.subspan(i)));
    if (higher < lowest) lowest = higher, best = i;
  }
  return best;
}

// The places of a card's buttons, in as many rows as they need in a width; beginning at 0, 0.
std::vector<Rect> button_places(const Painter& painter, float width, std::span<const std::string_view> buttons) {
  std::vector<Rect> places;
  Point at;
  for (const std::string_view words : buttons) {
    const float each = std::min(width, painter.text_width(TextSize::small, words) + 4 * kUnit);
    if (at.x > 0 && at.x + each > width) at = {0, at.y + kTouchTarget + kUnit};
    places.push_back({at.x, at.y, each, kTouchTarget});
    at.x += each + kUnit;
  }
  return places;
}

}  // namespace

int draw_card(const Painter& below, Rect window, const char* name, const CardContent& content, float& scroll) {
  const float width = std::min(window.width - 2 * kUnit, kCardWidest), inner = width - 6 * kUnit;
  const std::vector<Rect> places = button_places(below, inner, content.buttons);
  const float buttons = places.empty() ? 0 : places.back().bottom() + kGap;
  const float wanted = text_height(below, inner, content) + 4 * kUnit + kTitle + buttons + kFoot;
  const float height = std::min(wanted, window.height - 2 * kUnit);
  const Rect card{window.center().x - width / 2, window.center().y - height / 2, width, height};
  const Painter painter = begin_overlay(name, window, below, true, true);
  const Palette& colors = painter.colors();
  painter.fill(window, with_alpha(rgb(0x000000), 0.35f));
  painter.shadow(card, kUnit);
  painter.fill(card, colors.raised, kUnit);
  Rect rest = card.inset(3 * kUnit);
  rest.height += 2 * kUnit;
  painter.text(TextSize::large, {rest.x, rest.cut_top(kTitle).center().y}, colors.ink, content.title);
  rest.cut_top(kUnit);
  int pressed = kCardOpen;
  const Rect row = rest.cut_top(buttons);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Rect place{row.x + places[i].x, row.y + places[i].y, places[i].width, places[i].height};
    if (button(painter, text("card button ", i).c_str(), place, content.buttons[i], i == 0))
      pressed = static_cast<int>(i);
  }
  const Rect foot = rest.cut_bottom(kFoot - kUnit);
  const float hidden = text_height(painter, inner, content) - rest.height;
  scroll_by(painter, scroll, hidden);
  draw_text(painter, {rest.x, rest.y, inner, rest.height}, scroll, content);
  if (hidden > 1) {  // a scroll bar, and a line where the text goes on
    const float all = rest.height + hidden;
    painter.fill({rest.right() + kUnit, rest.y + scroll / all * rest.height, 3, rest.height * rest.height / all},
                 with_alpha(colors.muted, 0.5f), 1.5f);
    if (hidden > scroll + 1) painter.line({rest.x, rest.bottom()}, {rest.x + inner, rest.bottom()}, colors.line);
  }

  const Rect close{foot.right() - 96, foot.center().y - kTouchTarget / 2, 96, kTouchTarget};
  const Press press = painter.press("close", close);
  painter.fill(close, press.hovered ? mixed(colors.accent, colors.ink, 0.2f) : colors.accent, kUnit);
  painter.text(TextSize::body, close.center(), colors.on_accent, texts::kClose, Align::center);
  const bool beside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !card.contains(mouse_of(painter));
  end_overlay();
  return press.clicked || beside ? kCardClosed : pressed;
}

int draw_list(const Painter& below, Rect window, const char* name, Rect anchor, float width,
              std::span<const ListItem> items, Ui& ui) {
  float wanted = height_of(items);
  const float top = anchor.bottom() + kUnit / 2, room = window.bottom() - top - kUnit;
  const bool pinned_last = !items.empty() && items.back().pinned;
  const bool split = wanted > room && window.width >= 2 * (kNarrowestColumn + kUnit) && !pinned_last;
  if (split) width = std::min(2 * width, window.width - 2 * kUnit);
  const std::size_t rows = split ? second_column(items) : items.size();  // in the first column
  if (split) wanted = std::max(height_of(items.first(rows)), height_of(items.subspan(rows)));
  const float height = std::min(wanted, room);
  const Rect list{std::min(anchor.x, window.right() - width - kUnit), top, width, height};
  // Over the whole window, so that a press outside the list closes it and does nothing else.
  const Painter painter = begin_overlay(name, window, below, true, true);
  const Palette& colors = painter.colors();
  painter.shadow(list, kCardRadius);
  painter.fill(list, colors.raised, kCardRadius);
  painter.outline(list, colors.line, kCardRadius);
  scroll_by(painter, ui.popup_scroll, wanted - height);
  Rect inside = list.inset(kUnit / 2);
  int clicked = -1;
  const bool pinned = pinned_last && wanted > height;
  if (pinned) {
    if (draw_row(painter, inside.cut_bottom(kCardRow), items.back(), items.size() - 1))
      clicked = static_cast<int>(items.size()) - 1;
    painter.line({inside.x, inside.bottom()}, {inside.right(), inside.bottom()}, colors.line);
  }
  ImGui::PushClipRect(painter.pixels({inside.x, inside.y}), painter.pixels({inside.right(), inside.bottom()}), true);
  Rect rest{inside.x, inside.y - ui.popup_scroll, inside.width, wanted};
  for (std::size_t i = 0; i + (pinned ? 1 : 0) < items.size(); ++i) {
    if (split && i == rows) rest = {rest.x + rest.width / 2, inside.y - ui.popup_scroll, rest.width, wanted};
    if (!items[i].heading.empty()) {
      const Rect heading = rest.cut_top(kHeading);
      painter.text_within(TextSize::small, {heading.x + 1.5f * kUnit, heading.center().y + 4},
                          heading.width / (split ? 2 : 1) - 3 * kUnit, colors.accent, items[i].heading);
    }
    Rect row = rest.cut_top(kCardRow);
    if (split) row.width /= 2;
    if (draw_row(painter, row, items[i], i)) clicked = static_cast<int>(i);
  }
  ImGui::PopClipRect();
  if (wanted > height) {  // scroll bar
    const float shown = inside.height / wanted, from = ui.popup_scroll / wanted;
    painter.fill({list.right() - 6, inside.y + from * inside.height, 3, shown * inside.height},
                 with_alpha(colors.muted, 0.5f), 1.5f);
  }
  if (!pinned && wanted - height > ui.popup_scroll + 1)
    painter.line({inside.x, inside.bottom()}, {inside.right(), inside.bottom()}, colors.line);
  const bool beside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !list.contains(mouse_of(painter));
  // A drag that scrolled the list is not a click.
  if (ImGui::IsMouseReleased(ImGuiMouseButton_Left) && ImGui::GetIO().MouseDragMaxDistanceSqr[0] > 64 * painter.scale())
    clicked = -1;
  if (beside || clicked >= 0) ui.popup = Popup::none;
  end_overlay();
  return clicked;
}

}  // namespace loom
