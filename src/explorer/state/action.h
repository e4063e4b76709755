// What a key, a press in a panel or a control of the page asks for. app/update.cpp says what each does.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "explorer/state/state.h"

namespace loom {

// The place that is decoded.
struct MoveZ {
  Point steps;  // right and up
  float size = 1;
};
struct FlyTo {  // a place; `half` > 0: the view, too, half as wide as twice this
  Point z;
  float half = 0;
};
struct SetZ {  // the view stays
  Point z;
};
struct GoOrigin {};  // z = 0

// The view.
struct PanBy {
  Point steps;  // right and up, of what is seen; z stays
};
struct ZoomBy {
  float factor = 1;  // about the middle of the plane
};
struct CenterOnZ {};
struct SetView {
  View view;
};
struct GoHome {};  // the view that shows everything

// The plane, of a latent space with more than two dimensions.
struct SetPlane {
  PlaneChoice plane;
};
struct SetCoordinate {  // along a direction off the plane
  std::size_t direction = 0;
  float value = 0;
};
struct UseNearestCode {};  // the other coordinates of the encoded image nearest to z, and its place

// What is shown.
struct Isolate {
  std::size_t class_id = 0;
  bool add = false;  // to the classes shown, or take it from them
};
struct StepIsolated {
  int by = 1;  // the next or the previous class alone
};
struct ShowAllClasses {};
struct ToggleClassNames {};
struct ToggleMarks {};
struct SetTheme {
  Theme theme = Theme::automatic;
};
struct ToggleTheme {
  bool dark_now = false;  // what is seen, which an automatic theme does not know
};
struct ToggleHelp {};
struct StepBack {};  // Escape: closes what is open, else the tool, else shows all classes
struct StepTour {
  int by = 1;  // from step 0, none, to the first one
};

// Overlays and tools.
struct ChooseOverlay {
  std::string key;  // empty: none
};
struct StepOverlay {};   // the next one that this model can have
struct PressOverlay {};  // the button of the overlay that is shown
struct ChooseTool {
  std::string key;  // empty: none
};
struct PutPin {
  std::size_t which = 0;  // A or B, to z, while a tool shows them
};
struct PutPinsOnClasses {};  // at the middles of the two classes that are farthest apart
struct SetPath {
  PathKind path = PathKind::straight;
};
struct SelectImage {
  std::int32_t image = -1;  // of the encoded test set; -1: none, the image at z
};
struct NextTestImage {};  // another one, in an order that looks random but is always the same
struct DrawStroke {       // on an image of the visitor's own, in its pixels
  Point from, to;
};
struct ClearDrawing {};
struct SetNoise {
  std::size_t kind = 0;  // row of data/corruption.h
  float level = 0;
};
struct SetSamples {
  SampleSource source = SampleSource::prior;
  std::uint8_t of_class = 0;
  bool bernoulli = false;
  std::uint32_t draw = 1;
};
struct SetPair {
  std::uint8_t a = 0, b = 1;
};
struct SetFrame {
  std::int32_t frame = -1;  // of the training replay
};
struct Compare {
  std::string id;  // of the second model
};
struct SetCursor {
  SharedCursor cursor = SharedCursor::image;
};

// Models and files.
struct ChooseModel {
  std::string id;
};
struct LoadModel {  // without showing it; again if the last try failed
  std::string id;
};
struct LoadReplay {};  // the same for the training replay of the model that is shown
struct ChooseFile {};    // of the visitor's own
struct Share {};         // opens the platform's dialog
struct DismissMessage {};
struct Retry {};  // what the message offers

using Action = std::variant<MoveZ, FlyTo, SetZ, GoOrigin, PanBy, ZoomBy, CenterOnZ, SetView, GoHome, SetPlane,
                            SetCoordinate, UseNearestCode, Isolate, StepIsolated, ShowAllClasses, ToggleClassNames,
                            ToggleMarks, SetTheme, ToggleTheme, ToggleHelp, StepBack, StepTour, ChooseOverlay,
                            StepOverlay, PressOverlay, ChooseTool, PutPin, PutPinsOnClasses, SetPath, SelectImage,
                            NextTestImage, DrawStroke, ClearDrawing, SetNoise, SetSamples, SetPair, SetFrame, Compare,
                            SetCursor, ChooseModel, LoadModel, LoadReplay, ChooseFile, Share, DismissMessage, Retry>;
using Actions = std::vector<Action>;

// Appends the action of a key, named as in KeyboardEvent.key ("ArrowLeft", "+", "a"); nothing for other keys.
struct Modifiers {
  bool shift = false, alt = false, command = false;  // command: control, or the Mac's own
};
void append_key_action(std::string_view key, Modifiers modifiers, Actions& out);

}  // namespace loom
