#include <cmath>
#include <vector>

#include "explorer/draw/widgets.h"
#include "explorer/layout/card_place.h"
#include "explorer/panels/panels.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/model_strip.h"

namespace loom {

void draw_welcome(const Painter& below, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions) {
  constexpr float kCardWidth = 440, kFlatWidth = 560, kHeadline = 28, kCloseSign = 30, kTourButton = 140;
  const ExplorerState& state = explorer.state;
  if (!explorer.welcome || !explorer.model || explorer.message || state.tour != 0 || state.help) return;
  const Rect stage = layout.stage();
  const bool narrow = layout.arrangement != Arrangement::wide;
  const bool flat = layout.arrangement == Arrangement::low;  // the button is beside the headline
  const float width = std::floor(std::min(stage.width - 2 * kUnit, flat ? kFlatWidth : kCardWidth));
  const float edge = (flat ? 1.5f : 2.0f) * kUnit, inner = width - 2 * edge;
  const float row = button_height(narrow);
  const float strip = narrow ? 0 : kModelStripHeight + kUnit;
  const float height = std::ceil((flat ? row : kHeadline + row + kUnit) + strip + 2 * edge + kUnit / 2 +
                                 below.paragraph_height(TextSize::small, inner, texts::kWelcomeWhat) +
                                 below.paragraph_height(TextSize::small, inner, texts::kWelcomeDo));
  // Above the axis or under the choosers, where it is not over the ring; else over the names of the classes.
  const Point ring = to_screen(current_view(state, explorer.model), layout.plane, state.z);
  const float x = std::floor(stage.center().x - width / 2);
  std::vector<Rect> places;
  for (const float y : {stage.bottom() - height - 4 * kUnit, stage.y + 6.5f * kUnit})
    if (y >= stage.y && y + height <= stage.bottom()) places.push_back({x, y, width, height});
  if (narrow && layout.legend.height > 0) places.push_back({x, layout.legend.bottom() - height, width, height});
  if (places.empty()) return;
  const float reach = kRingRadius + kUnit;
  const Covered around_ring{{ring.x - reach, ring.y - reach, 2 * reach, 2 * reach}};
  const Rect card = places[least_covering(places, {&around_ring, 1})];
  const Painter painter = begin_overlay("welcome", card, below);
  const Palette& colors = painter.colors();
  painter.fill(card, colors.raised, kUnit);
  painter.outline(card.inset(0.5f), colors.line, kUnit);
  Rect rest = card.inset(edge);
  Rect head = rest.cut_top(flat ? row : kHeadline);
  const Rect close{card.right() - kCloseSign - kUnit, card.y + kUnit, kCloseSign, kCloseSign};
  if (head_sign(painter, "welcome off", close, "\u00d7", texts::kCloseTip.words)) actions.push_back(DismissWelcome{});
  painter.text(TextSize::large, {head.x, head.center().y - (flat ? 0.0f : 4.0f)}, colors.ink, texts::kWelcome);
  Rect buttons = flat ? Rect{head.x, head.y, close.x - kUnit - head.x, row} : rest.cut_bottom(row);
  words(painter, rest, texts::kWelcomeWhat);
  if (strip > 0) draw_model_strip(painter, rest.cut_top(strip - kUnit), explorer, ui.textures);
  if (strip > 0) rest.cut_top(kUnit);
  words(painter, rest, texts::kWelcomeDo, true);
  if (!is_hidden(state, Part::tour) && !is_locked(state, Lock::tour) &&
      button(painter, "welcome tour", buttons.cut_right(kTourButton), texts::kTakeTour, true))
    actions.push_back(StepTour{1});
  end_overlay();
}

}  // namespace loom
