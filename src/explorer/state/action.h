// The actions of keys, panels and the page's controls. app/update.cpp applies them to the state. A field of the state
// that is simply set needs no action of its own: Toggle and SetValue take any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "explorer/state/state.h"

namespace loom {

// The ring.
struct MoveZ {
  Point steps;  // right and up
  float size = 1;
};
struct FlyTo {  // moves z; half > 0: also the view, centred on z with this half extent
  Point z;
  float half = 0;
  bool jump = false;  // to a place that the visitor did not point at: the browser's Back returns from there
};
struct SetZ {  // moves z but not the view
  Point z;
};
struct GoOrigin {};  // z = 0

// The view.
struct PanBy {
  Point steps;  // right and up; z stays
};
struct ZoomBy {
  float factor = 1;  // about the centre of the view
};
struct CenterOnZ {};
struct SetView {
  View view;
};
struct GoHome {};  // to the view that shows all marks

// The plane, of a latent space with more than two dimensions.
struct SetPlane {
  PlaneChoice plane;
};
struct SetCoordinate {  // along one of the other directions
  std::size_t direction = 0;
  float value = 0;
};
struct UseNearestCode {};  // moves z and the other coordinates to the code of the nearest test image

// What is shown.
struct Isolate {
  std::size_t class_id = 0;
  bool add = false;  // add it to the classes shown, or remove it, instead of showing it alone
};
struct StepIsolated {
  int by = 1;  // 1: show only the next class; -1: the previous
};
struct ShowAllClasses {};
struct Toggle {  // switches something on or off
  bool ExplorerState::* flag;
};
template <class T>
struct SetValue {
  T ExplorerState::* field;
  T value;
};
template <class T>
SetValue(T ExplorerState::*, T) -> SetValue<T>;
struct ToggleTheme {
  bool dark_now = false;  // the dark theme is shown now; the state alone does not tell if the theme is automatic
};
struct StepBack {};  // Escape: closes what is open, else the tool, else shows all classes
struct StepTour {
  int by = 1;  // step 0 is no tour
};

// Overlays and tools.
struct ChooseOverlay {
  std::string key;  // empty: none
};
struct StepOverlay {};   // to the next one that is available for this model
struct PressOverlay {};  // the button of the overlay that is shown
struct ChooseTool {
  std::string key;  // empty: none
};
struct Play {};  // begins or ends what the open tool plays
struct SetPlay {
  float speed = 1;
  bool loop = false;
};
struct Seek {  // shows a moment of what the open tool plays, in seconds at speed 1, and ends it there
  double seconds = 0;
};
struct MakeFilm {};  // opens the page's dialog that saves what plays
struct PutPin {
  std::size_t which = 0;  // 0: A, 1: B; is put at z, if the tool has pins
};
struct PutPinsOnClasses {};  // to the centres of the two classes that are farthest apart
struct KeepPlace {};  // z becomes one of the visitor's places
struct DropPlace {
  std::size_t which = 0;
};
struct WantShape {};  // the next drag on the plane draws a free shape, if the tool has one
struct DropShape {};
struct SelectImage {
  std::int32_t image = -1;  // index in the test set; -1: the image at z
};
struct NextTestImage {};  // another one, in a fixed shuffled order
struct DrawStroke {       // on the visitor's image, in its pixels
  Point from, to;
};
struct ClearDrawing {};
struct SetNoise {
  std::size_t kind = 0;  // row of data/images/corruption.h
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
struct Compare {
  std::string id;  // of the second model
};
struct ChooseUnit {
  UnitChoice unit;
  bool on_plane = true;  // also show where on the plane it is active
};

struct ChooseTraining {  // also changes beta of the run
  TrainChoice train;
};
struct Train {  // asks it of the run; TrainAsk::beta is asked by ChooseTraining
  TrainAsk ask = TrainAsk::start;
  bool by_host = false;  // the page around the frame asks, which locks do not restrict
};

struct Undo {};  // the visitor's last gesture
struct Redo {};

// Models and files.
struct ChooseModel {
  std::string id;
};
struct LoadModel {  // without showing it; also if it failed before
  std::string id;
};
struct LoadReplay {};  // the same for the training replay of the model that is shown
struct LoadOriginals {  // those of these test images, of the model that is shown
  std::vector<std::int64_t> images;
  bool again = false;  // also if they failed before
  std::int64_t compared = -1;  // and this one of the second model of a comparison; -1: none
};
struct SaveFile {  // gives the visitor a file: a text or, if there are grey values, a PNG image
  std::string name = {};
  std::string text = {};
  int width = 0, height = 0;
  std::vector<std::uint8_t> grey = {};  // (height, width), 0 black

  bool operator==(const SaveFile&) const = default;
};
struct ChooseFile {};  // opens the platform's file dialog
struct Share {};         // opens the page's share dialog
struct OpenLesson {};    // opens the course that belongs to the page
struct DismissWelcome {};  // the card of a first visit
struct Find {           // opens the page's field that finds classes, test images and points
  bool ring = false;  // with the coordinates of the ring in it
};
struct DismissMessage {};
struct Retry {};  // the action of the message's button

using Action =
    std::variant<MoveZ, FlyTo, SetZ, GoOrigin, PanBy, ZoomBy, CenterOnZ, SetView, GoHome, SetPlane, SetCoordinate,
                 UseNearestCode, Isolate, StepIsolated, ShowAllClasses, Toggle, SetValue<Theme>, SetValue<DisplaySize>,
                 SetValue<PathKind>, SetValue<SharedCursor>, SetValue<std::int32_t>, SetValue<std::uint32_t>,
                 ToggleTheme, StepBack, StepTour, ChooseOverlay, StepOverlay, PressOverlay, ChooseTool, Play, SetPlay,
                 Seek, MakeFilm, PutPin, PutPinsOnClasses, KeepPlace, DropPlace, WantShape, DropShape, SelectImage,
                 NextTestImage, DrawStroke, ClearDrawing, SetNoise, SetSamples, SetPair, Compare, ChooseUnit,
                 ChooseTraining, Train, Undo, Redo, ChooseModel, LoadModel, LoadReplay, LoadOriginals, SaveFile,
                 ChooseFile, Share, Find, OpenLesson, DismissWelcome, DismissMessage, Retry>;
using Actions = std::vector<Action>;

// Appends the action of a key, named as in KeyboardEvent.key ("ArrowLeft", "+", "a"); nothing for other keys.
struct Modifiers {
  bool shift = false, alt = false, command = false;  // command: Ctrl, or Cmd on a Mac
};
void append_key_action(std::string_view key, Modifiers modifiers, Actions& out);

}  // namespace loom
