#include "explorer/draw/widgets.h"
#include "explorer/panels/panels.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/model_strip.h"

namespace loom {

void draw_welcome(const Painter& below, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions) {
  constexpr float kCardWidth = 440, kHeadline = 28, kCloseSign = 30;
  const ExplorerState& state = explorer.state;
  if (!explorer.welcome || !explorer.model || explorer.message || state.tour != 0 || state.help) return;
  const Rect stage = layout.stage();
  const bool narrow = layout.arrangement != Arrangement::wide;
  const float width = std::min(stage.width - 2 * kUnit, kCardWidth), inner = width - 4 * kUnit;
  const float row = button_height(narrow);
  const float strip = narrow ? 0 : kModelStripHeight + kUnit;
  const float height = kHeadline + below.paragraph_height(TextSize::small, inner, texts::kWelcomeWhat) + kUnit +
                       below.paragraph_height(TextSize::small, inner, texts::kWelcomeDo) + strip + row + 4 * kUnit;
  // At the side of the map that is not near the ring.
  const bool ring_is_low = to_screen(current_view(state, explorer.model), layout.plane, state.z).y > stage.center().y;
  const float y = ring_is_low ? stage.y + 6.5f * kUnit : stage.bottom() - height - 4 * kUnit;
  const Rect card{std::floor(stage.center().x - width / 2), std::floor(y), std::floor(width), std::ceil(height)};
  if (card.y < stage.y || card.bottom() > stage.bottom()) return;
  const Painter painter = begin_overlay("welcome", card, below);
  const Palette& colors = painter.colors();
  painter.fill(card, colors.raised, kUnit);
  painter.outline(card.inset(0.5f), colors.line, kUnit);
  Rect rest = card.inset(2 * kUnit);
  Rect head = rest.cut_top(kHeadline);
  if (head_sign(painter, "welcome off", {card.right() - kCloseSign - kUnit, card.y + kUnit, kCloseSign, kCloseSign},
                "\u00d7", texts::kCloseTip.words))
    actions.push_back(DismissWelcome{});
  painter.text(TextSize::large, {head.x, head.center().y - 4}, colors.ink, texts::kWelcome);
  words(painter, rest, texts::kWelcomeWhat);
  if (strip > 0) draw_model_strip(painter, rest.cut_top(strip - kUnit), explorer, ui.textures);
  if (strip > 0) rest.cut_top(kUnit);
  words(painter, rest, texts::kWelcomeDo, true);
  Rect buttons = rest.cut_bottom(row);
  if (!is_hidden(state, Part::tour) && !is_locked(state, Lock::tour) &&
      button(painter, "welcome tour", buttons.cut_right(140), texts::kTakeTour, true))
    actions.push_back(StepTour{1});
  end_overlay();
}

}  // namespace loom
