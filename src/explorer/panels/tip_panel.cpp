#include "explorer/panels/panels.h"

namespace loom {

void draw_tip(const Painter& below, Rect window, const Tips& tips) {
  constexpr float kWidestTip = 280;
  const Tip* tip = tips.shown();
  if (!tip) return;
  const float room = std::min(kWidestTip, window.width - 4 * kUnit);
  const float width = std::min(room, below.text_width(TextSize::small, tip->words) + 1);
  const float height = below.paragraph_height(TextSize::small, width, tip->words);
  const Rect card = tip_place(window, tip->place, width + 2 * kUnit, height + 1.5f * kUnit);
  // Above every window, and without taking the pointer from what it explains.
  const Painter painter(ImGui::GetForegroundDrawList(), below.atlas(), below.colors());
  const Palette& colors = painter.colors();
  painter.shadow(card, 6);
  painter.fill(card, colors.ink, 6);
  painter.paragraph(TextSize::small, {card.x + kUnit, card.y + 0.75f * kUnit, width, height}, colors.raised,
                    tip->words);
}

}  // namespace loom
