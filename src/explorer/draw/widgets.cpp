#include "explorer/draw/widgets.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/draw/picture.h"

namespace loom {

float button_height(bool narrow) { return narrow ? kTouchTarget : kButton; }

bool button(const Painter& painter, const char* id, Rect r, std::string_view label, bool on, bool enabled,
            std::string_view spoken) {
  const Palette& colors = painter.colors();
  const Press press = enabled ? painter.press(id, r) : Press{};
  if (enabled)
    painter.describe({.kind = on ? AccessibleNode::Kind::choice : AccessibleNode::Kind::button,
                      .id = id,
                      .words = std::string(spoken.empty() ? label : spoken),
                      .on = on});
  const Color back = on ? colors.accent : press.held ? colors.pressed : press.hovered ? colors.hover : colors.raised;
  painter.fill(r, back, 6);
  if (!on) painter.outline(r, colors.line, 6);
  const float width = painter.text_width(TextSize::small, label), room = r.width - kUnit;
  const Color ink = on ? colors.on_accent : enabled ? colors.ink : with_alpha(colors.muted, 0.6f);
  if (width <= room)
    painter.text(TextSize::small, r.center(), ink, label, Align::center);
  else
    painter.text_within(TextSize::small, {r.x + kUnit / 2, r.center().y}, room, ink, label);
  painter.tip(r, !spoken.empty() ? spoken : width > room ? label : std::string_view());
  return press.clicked;
}

int button_row(const Painter& painter, const char* id, Rect& rest, std::span<const std::string_view> labels,
               float height) {
  int clicked = -1;
  Rect row = rest.cut_top(height);
  const float full = row.width;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const float width = std::min(full, painter.text_width(TextSize::small, labels[i]) + 3 * kUnit);
    if (row.width < width) {
      rest.cut_top(kUnit / 2);
      row = rest.cut_top(height);
    }
    if (button(painter, text(id, ' ', i).c_str(), row.cut_left(width), labels[i])) clicked = static_cast<int>(i);
    row.cut_left(kUnit / 2);
  }
  rest.cut_top(kUnit);
  return clicked;
}

bool head_sign(const Painter& painter, const char* id, Rect r, std::string_view sign, std::string_view tip) {
  const Palette& colors = painter.colors();
  const Press press = painter.press(id, r);
  if (press.hovered || press.held) painter.fill(r.inset(2), press.held ? colors.pressed : colors.hover, r.width / 2);
  painter.text(TextSize::body, r.center(), colors.muted, sign, Align::center);
  if (sign == "i") painter.ring(r.center(), 9, colors.muted);
  painter.tip(r, tip);
  return press.clicked;
}

void chevron(const Painter& painter, Point center, bool up) {
  const float by = up ? -2.5f : 2.5f;
  for (const float side : {-4.5f, 4.5f})  // a little past the middle, so that the corner is closed
    painter.list().AddLine(painter.pixels({center.x + side, center.y - by}),
                           painter.pixels({center.x - 0.06f * side, center.y + by}), painter.colors().muted,
                           1.5f * painter.scale());
}

int choice(const Painter& painter, const char* id, Rect r, std::span<const std::string_view> labels, int current,
           unsigned enabled) {
  const Palette& colors = painter.colors();
  painter.fill(r, colors.raised, 6);
  int clicked = -1;
  const float width = r.width / static_cast<float>(labels.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Rect part{r.x + width * static_cast<float>(i), r.y, width, r.height};
    const bool can = (enabled >> i & 1u) != 0;
    const Press press = can ? painter.press(text(id, ' ', i).c_str(), part) : Press{};
    const bool on = static_cast<int>(i) == current;
    if (can) name_choice(painter, text(id, ' ', i), std::string(labels[i]), on);
    if (on || press.hovered || press.held)
      painter.fill(part.inset(2), on ? colors.accent : press.held ? colors.pressed : colors.hover, 5);
    const Color ink = on ? colors.on_accent : can ? colors.ink : with_alpha(colors.muted, 0.5f);
    const float needed = painter.text_width(TextSize::small, labels[i]);
    if (needed <= part.width - 6)
      painter.text(TextSize::small, part.center(), ink, labels[i], Align::center);
    else
      painter.text_within(TextSize::small, {part.x + 3, part.center().y}, part.width - 6, ink, labels[i]);
    if (needed > part.width - 6) painter.tip(part, labels[i]);
    if (press.clicked) clicked = static_cast<int>(i);
  }
  painter.outline(r, colors.line, 6);
  return clicked;
}

void name_button(const Painter& painter, std::string id, std::string label) {
  painter.describe({.kind = AccessibleNode::Kind::button, .id = std::move(id), .words = std::move(label)});
}
void name_choice(const Painter& painter, std::string id, std::string label, bool on) {
  painter.describe({.kind = AccessibleNode::Kind::choice, .id = std::move(id), .words = std::move(label), .on = on});
}

bool slider(const Painter& painter, const char* id, std::string_view name, Rect r, float& value, float low, float high,
            bool whole) {
  const Palette& colors = painter.colors();
  constexpr float kKnob = 8;
  const Press press = painter.press(id, r);
  const Rect track{r.x + kKnob, r.center().y - 2, std::max(1.0f, r.width - 2 * kKnob), 4};
  const float before = value;
  if (press.held) {
    const float at = ImGui::GetIO().MousePos.x / painter.scale();
    value = low + (high - low) * std::clamp((at - track.x) / track.width, 0.0f, 1.0f);
  }
  if (painter.nodes())
    if (const std::optional<float> moved = painter.nodes()->moved(id)) value = std::clamp(*moved, low, high);
  if (whole) value = std::round(value);
  painter.describe({.kind = AccessibleNode::Kind::slider,
                    .id = id,
                    .words = std::string(name),
                    .at = value,
                    .low = low,
                    .high = high,
                    .whole = whole});
  const float share = high > low ? std::clamp((value - low) / (high - low), 0.0f, 1.0f) : 0;
  painter.fill(track, colors.line, 2);
  const float zero = low < 0 && high > 0 ? -low / (high - low) : 0;  // the track is filled from the value 0
  const float from = std::min(zero, share), to = std::max(zero, share);
  painter.fill({track.x + from * track.width, track.y, (to - from) * track.width, track.height}, colors.accent, 2);
  const Point knob{track.x + share * track.width, track.center().y};
  painter.disc(knob, kKnob, colors.raised);
  painter.ring(knob, kKnob - 1, press.hovered || press.held ? colors.ink : colors.accent, 2);
  return value != before;
}

void fact(const Painter& painter, Rect row, std::string_view name, std::string_view value) {
  painter.describe({.kind = AccessibleNode::Kind::fact, .words = std::string(name), .value = std::string(value)});
  const float width = painter.text_width(TextSize::small, value);
  painter.text_within(TextSize::small, {row.x, row.center().y}, row.width - width - kUnit, painter.colors().muted,
                      name);
  painter.text(TextSize::small, {row.right(), row.center().y}, painter.colors().ink, value, Align::right);
}

void words(const Painter& painter, Rect& rest, std::string_view sentence, bool strong) {
  painter.describe({.words = std::string(sentence)});
  const Palette& colors = painter.colors();
  const float height = painter.paragraph_height(TextSize::small, rest.width, sentence);
  painter.paragraph(TextSize::small, {rest.x, rest.y, rest.width, height}, strong ? colors.ink : colors.muted,
                    sentence);
  rest.y += height + kUnit / 2;
  rest.height = std::max(0.0f, rest.height - height - kUnit / 2);
}

void heading(const Painter& painter, Rect& rest, std::string_view title) {
  painter.describe({.kind = AccessibleNode::Kind::heading, .words = std::string(title)});
  const float height = painter.paragraph_height(TextSize::small, rest.width, title);
  painter.paragraph(TextSize::small, {rest.x, rest.y + 4, rest.width, height}, painter.colors().muted, title);
  rest.cut_top(height + 9);
}

void picture_cell(const Painter& painter, Rect cell, const ImageShape& shape, const Picture& picture,
                  std::string_view name, std::string_view caption, Textures& textures) {
  draw_picture(painter, {cell.x, cell.y, cell.width, cell.width}, shape, picture, name, textures);
  if (caption.empty()) return;
  painter.describe({.kind = AccessibleNode::Kind::picture, .words = std::string(caption)});
  const float width = std::min(cell.width, painter.text_width(TextSize::small, caption));
  painter.text_within(TextSize::small, {cell.center().x - width / 2, cell.y + cell.width + kCaption / 2}, cell.width,
                      painter.colors().muted, caption);
}

float cell_side(float width, std::size_t count, float gap, float most) {
  const auto n = static_cast<float>(std::max<std::size_t>(1, count));
  return std::clamp(std::floor((width - (n - 1) * gap) / n), 8.0f, most);
}

std::size_t columns_that_fit(float width, float gap, std::size_t most, bool narrow) {
  const float fit = (width + gap) / (button_height(narrow) + gap);
  return std::clamp<std::size_t>(static_cast<std::size_t>(fit), 1, most);
}

void columns(const Painter& painter, Rect r, std::span<const float> counts, float mark) {
  const Palette& colors = painter.colors();
  const float most = counts.empty() ? 0 : *std::ranges::max_element(counts);
  const float width = r.width / static_cast<float>(std::max<std::size_t>(1, counts.size()));
  for (std::size_t i = 0; i < counts.size() && most > 0; ++i) {
    const float height = r.height * counts[i] / most;
    painter.fill({r.x + width * static_cast<float>(i), r.bottom() - height, width - 1, height},
                 mixed(colors.line, colors.muted, 0.5f));
  }
  painter.line({r.x, r.bottom()}, {r.right(), r.bottom()}, colors.muted);
  if (mark < 0) return;
  const float x = r.x + std::min(mark, 1.0f) * r.width;
  painter.line({x, r.y}, {x, r.bottom()}, colors.accent, 2);
  painter.disc({x, r.y}, 4, colors.accent);
}

void curve(const Painter& painter, Rect r, std::span<const float> values, float low, float high, Color color,
           float thickness) {
  if (values.size() < 2 || high <= low) return;
  std::vector<ImVec2> path;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float along = static_cast<float>(i) / static_cast<float>(values.size() - 1);
    const float up = std::clamp((values[i] - low) / (high - low), 0.0f, 1.0f);
    path.push_back(painter.pixels({r.x + along * r.width, r.bottom() - up * r.height}));
  }
  painter.list().AddPolyline(path.data(), static_cast<int>(path.size()), color, 0, thickness * painter.scale());
}

}  // namespace loom
