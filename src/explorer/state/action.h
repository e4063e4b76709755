// What a key or a click in a panel asks for. update.cpp knows what it does to the state, explorer.cpp what it does to
// the models and messages.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analysis/point.h"

namespace loom {

struct Explorer;
struct ExplorerState;

struct MoveZ {
  Point steps;  // right and up
  float size = 1;
};
struct PanBy {
  Point steps;  // right and up, of what is seen; z stays
};
struct CenterOnZ {};  // moves the view, not z
struct PutPin {
  std::size_t which = 0;  // A or B, to z, while a tool shows them
};
struct ZoomBy {
  float factor = 1;  // about the middle of the plane
};
struct GoHome {};    // the view that shows everything
struct GoOrigin {};  // z = 0
struct Isolate {
  std::size_t class_id = 0;
  bool add = false;  // to the classes shown, or take it from them
};
struct StepIsolated {
  int by = 1;  // the next or the previous class alone
};
struct ShowAllClasses {};
struct ToggleTheme {
  bool dark_now = false;  // what is seen, which an automatic theme does not know
};
struct ToggleClassNames {};
struct ToggleHelp {};
struct StepBack {};  // Escape: closes what is open, else the tool, else shows all classes
struct ChooseModel {
  std::string id;
};
struct ChooseFile {};  // of the person's own
struct Share {};       // opens the platform's dialog
struct DismissMessage {};

// To a place, and as close as `half` (0: the zoom stays).
struct FlyTo {
  Point z;
  float half = 0;
};
struct ChooseOverlay {
  std::string_view key;  // empty: none
};
struct PressOverlay {};  // the button of the overlay that is shown
struct ChooseTool {
  std::string_view key;  // empty: none
};
struct StepTour {
  int by = 1;  // from step 0, none, to the first one
};
struct StepOverlay {};  // the next one that this model can have
// What a tool's own buttons and sliders change: its state, or what it works with.
struct Edit {
  std::function<void(ExplorerState&)> change;
};
struct Do {
  std::function<void(Explorer&)> work;
};

using Action =
    std::variant<MoveZ, PanBy, CenterOnZ, PutPin, ZoomBy, GoHome, GoOrigin, Isolate, StepIsolated, ShowAllClasses,
                 ToggleTheme, ToggleClassNames, ToggleHelp, StepBack, ChooseModel, ChooseFile, Share, DismissMessage,
                 FlyTo, ChooseOverlay, ChooseTool, StepOverlay, StepTour, PressOverlay, Edit, Do>;
using Actions = std::vector<Action>;

// The action of a key, named as in KeyboardEvent.key ("ArrowLeft", "+", "a"); appends nothing for other keys.
struct Modifiers {
  bool shift = false, alt = false, command = false;  // command: control, or the Mac's own
};
void append_key_action(std::string_view key, Modifiers modifiers, Actions& out);

}  // namespace loom
