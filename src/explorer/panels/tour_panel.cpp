#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/panels/panels.h"
#include "explorer/state/tour.h"
#include "explorer/texts/texts.h"

namespace loom {

Rect tour_card(const Painter& painter, const Layout& layout, const Explorer& explorer) {
  const std::size_t step = explorer.state.tour;
  if (step == 0 || !explorer.model || is_hidden(explorer.state, Part::tour)) return {};
  const Rect stage = layout.stage();
  const float right = std::max(stage.right(), layout.compared_plane.right());
  const float width = std::min(right - stage.x - 2 * kUnit, 460.0f), inner = width - 4 * kUnit;
  const float height =
      painter.paragraph_height(TextSize::small, inner, tour()[step - 1].words) + 30 + kButton + 4 * kUnit;
  const float x = (stage.x + right - width) / 2;
  // On a phone the card covers what the step does not talk about: the class names or, with a tool, the header.
  if (layout.arrangement == Arrangement::wide) return {x, stage.y + 6.5f * kUnit, width, height};
  if (layout.arrangement == Arrangement::tall && layout.tool.height > 0) return {x, kUnit, width, height};
  return {x, layout.panel.bottom() - height - kUnit, width, height};
}

void draw_tour(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions) {
  const Rect card = tour_card(below, layout, explorer);
  if (card.width <= 0) return;
  const std::size_t step = explorer.state.tour;
  const TourStep& now = tour()[step - 1];
  const Painter painter = begin_overlay("tour", card, below);
  const Palette& colors = painter.colors();
  painter.shadow(card, kUnit);
  painter.fill(card, colors.raised, kUnit);
  painter.outline(card, colors.accent, kUnit);
  Rect rest = card.inset(2 * kUnit);
  Rect head = rest.cut_top(26);
  painter.text(TextSize::small, {head.right(), head.center().y}, colors.muted, texts::step_of(step, tour().size()),
               Align::right);
  painter.text_within(TextSize::body, {head.x, head.center().y}, head.width - 6 * kUnit, colors.ink, now.title);
  words(painter, rest, now.words, true);
  Rect row = rest.cut_bottom(kButton);
  if (is_locked(explorer.state, Lock::tour)) return end_overlay();
  if (button(painter, "end", row.cut_left(72), texts::kEnd)) actions.push_back(StepTour{-static_cast<int>(step)});
  const bool last = step == tour().size();
  if (button(painter, "next", row.cut_right(88), last ? texts::kDone : texts::kNext, true))
    actions.push_back(StepTour{last ? -static_cast<int>(step) : 1});
  row.cut_right(kUnit / 2);
  if (step > 1 && button(painter, "back", row.cut_right(72), texts::kBack)) actions.push_back(StepTour{-1});
  end_overlay();
}

}  // namespace loom
