#include "explorer/panels/panels.h"
#include "explorer/texts/explanations.h"
#include "explorer/texts/texts.h"

namespace loom {

void draw_help(const Painter& below, Rect window, const Explorer& explorer, Ui& ui, Actions& actions) {
  const ExplorerState& state = explorer.state;
  if (!state.help) {
    ui.help_scroll = 0;
    return;
  }
  std::vector<std::string_view> buttons;
  std::vector<Action> presses;
  if (!is_hidden(state, Part::tour) && !is_locked(state, Lock::tour))
    buttons.push_back(texts::kTakeTour), presses.push_back(StepTour{1 - static_cast<int>(state.tour)});
  if (explorer.has_lesson) buttons.push_back(texts::kReadLesson), presses.push_back(OpenLesson{});
  const CardContent content{
      .title = texts::kHelpTitle, .buttons = buttons, .paragraphs = texts::kHelp, .keys = texts::kKeyRows};
  const int pressed = draw_card(below, window, "help", content, ui.help_scroll);
  if (pressed == kCardOpen) return;
  actions.push_back(Toggle{&ExplorerState::help});
  if (pressed >= 0) actions.push_back(presses[static_cast<std::size_t>(pressed)]);
}

}  // namespace loom
