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
  const bool largest = state.display == DisplaySize::largest;
  buttons.push_back(largest ? texts::kUsualText : texts::kLargerText);
  presses.push_back(
      SetValue{&ExplorerState::display,
               largest ? DisplaySize::usual : static_cast<DisplaySize>(static_cast<int>(state.display) + 1)});
  const std::size_t resizes = buttons.size() - 1;
  const CardContent content{
      .title = texts::kHelpTitle, .buttons = buttons, .paragraphs = texts::kHelp, .keys = texts::kKeyRows};
  const int pressed = draw_card(below, window, "help", content, ui.help_scroll);
  if (pressed == kCardOpen) return;
  // The card stays, so that the size can be judged.
  if (pressed != static_cast<int>(resizes)) actions.push_back(Toggle{&ExplorerState::help});
  if (pressed >= 0) actions.push_back(presses[static_cast<std::size_t>(pressed)]);
}

}  // namespace loom
