#include "explorer/panels/panels.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kWidest = 560, kButtonHeight = kTouchTarget;

bool word_button(const Painter& painter, const char* id, Rect r, std::string_view words) {
  const Palette& colors = painter.colors();
  const Press press = painter.press(id, r);
  if (press.hovered || press.held) painter.fill(r.inset(3), with_alpha(colors.ink, press.held ? 0.16f : 0.08f), 6);
  painter.text(TextSize::body, r.center(), colors.ink, words, Align::center);
  return press.clicked;
}

}  // namespace

void draw_message(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions) {
  if (!explorer.message) return;
  const Message& message = *explorer.message;
  const float width = std::min(layout.stage().width - 2 * kUnit, kWidest);
  const float height =
      below.paragraph_height(TextSize::body, width - 4 * kUnit, message.text) + kButtonHeight + 3 * kUnit;
  // Under the choosers, if there is room.
  const Rect stage = layout.stage();
  const float y = stage.y + (stage.height > height + 8 * kUnit ? 6.5f : 1.0f) * kUnit;
  const Rect card{stage.center().x - width / 2, y, width, height};
  const Painter painter = begin_overlay("message", card, below);
  const Palette& colors = painter.colors();
  painter.fill(card, colors.warning, kUnit);
  painter.outline(card, colors.line, kUnit);
  Rect rest = card;
  Rect row = rest.cut_bottom(kButtonHeight + kUnit / 2);
  painter.paragraph(TextSize::body, rest.inset(2 * kUnit), colors.ink, message.text);
  row.cut_right(kUnit);
  row.height = kButtonHeight;
  if (word_button(painter, "close", row.cut_right(80), texts::kClose)) actions.push_back(DismissMessage{});
  if (message.retry) {
    const std::string button = button_of(explorer, message);
    const float wide = std::min(row.width - kUnit, painter.text_width(TextSize::body, button) + 4 * kUnit);
    const std::string words = painter.shortened(TextSize::body, button, wide - 2 * kUnit);
    if (word_button(painter, "retry", row.cut_right(wide), words)) actions.push_back(Retry{});
  }
  end_overlay();
}

}  // namespace loom
