#include "explorer/panels/panels.h"

namespace loom {
void draw_help(const Painter& below, Rect window, const Explorer& explorer, Ui& ui, Actions& actions) {
  if (!explorer.state.help) {
    ui.help_scroll = 0;
    return;
  }
  if (draw_card(below, window, "help", "What am I looking at?", help_paragraphs(), ui.help_scroll))
    actions.push_back(ToggleHelp{});
}

}  // namespace loom
