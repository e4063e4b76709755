#include "explorer/panels/panels.h"
#include "explorer/texts/explanations.h"
#include "explorer/texts/texts.h"

namespace loom {
void draw_help(const Painter& below, Rect window, const Explorer& explorer, Ui& ui, Actions& actions) {
  if (!explorer.state.help) {
    ui.help_scroll = 0;
    return;
  }
  if (draw_card(below, window, "help", texts::kHelpTitle, texts::kHelp, ui.help_scroll))
    actions.push_back(Toggle{&ExplorerState::help});
}

}  // namespace loom
