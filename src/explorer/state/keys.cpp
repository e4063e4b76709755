#include <span>

#include "explorer/state/action.h"

namespace loom {
namespace {

constexpr float kCoarse = 5, kFine = 0.2f;  // factors for arrow keys with Shift and Alt
constexpr float kZoomStep = 1.25f;

struct KeyRow {
  std::string_view key;
  Action action;
};

// Letters are listed in lower case.
std::span<const KeyRow> key_rows() {
  static const KeyRow rows[]{
      {"ArrowLeft", MoveZ{{-1, 0}}},
      {"ArrowRight", MoveZ{{1, 0}}},
      {"ArrowUp", MoveZ{{0, 1}}},
      {"ArrowDown", MoveZ{{0, -1}}},
      {"+", ZoomBy{kZoomStep}},
      {"=", ZoomBy{kZoomStep}},  // the same key without Shift on most layouts
      {"-", ZoomBy{1 / kZoomStep}},
      {"_", ZoomBy{1 / kZoomStep}},
      {"j", PanBy{{-1, 0}}},  // four keys that are arranged like arrow keys
      {"l", PanBy{{1, 0}}},
      {"i", PanBy{{0, 1}}},
      {"k", PanBy{{0, -1}}},
      {"c", CenterOnZ{}},
      {"p", PutPin{}},
      {" ", Play{}},
      {"b", KeepPlace{}},
      {"Home", GoHome{}},
      {"h", GoHome{}},
      {"o", GoOrigin{}},
      {"a", ShowAllClasses{}},
      {".", StepIsolated{1}},
      {",", StepIsolated{-1}},
      {"n", Toggle{&ExplorerState::class_names}},
      {"?", Toggle{&ExplorerState::help}},
      {"F1", Toggle{&ExplorerState::help}},
      {"Escape", StepBack{}},
      {"t", ToggleTheme{}},
      {"m", StepOverlay{}},
      {"s", Share{}},
      {"/", Find{}},
      {"z", Find{true}},
  };
  return rows;
}

}  // namespace

void append_key_action(std::string_view key, Modifiers modifiers, Actions& out) {
  if (modifiers.command) {  // all others are shortcuts of the browser and the system
    if (key == "z") out.push_back(modifiers.shift ? Action(Redo{}) : Action(Undo{}));
    if (key == "y" && !modifiers.shift) out.push_back(Redo{});
    return;
  }
  if (key.size() == 1 && key[0] >= '0' && key[0] <= '9') {
    // 1 is the first class and 0 the tenth, in their order on the keyboard.
    const int digit = key[0] - '0';
    out.push_back(Isolate{static_cast<std::size_t>((digit + 9) % 10), modifiers.shift});
    return;
  }
  for (const KeyRow& row : key_rows()) {
    if (row.key != key) continue;
    Action action = row.action;
    if (MoveZ* move = std::get_if<MoveZ>(&action)) move->size = modifiers.shift ? kCoarse : modifiers.alt ? kFine : 1;
    if (PutPin* put = std::get_if<PutPin>(&action)) put->which = modifiers.shift ? 1 : 0;
    out.push_back(std::move(action));
    return;
  }
}

}  // namespace loom
