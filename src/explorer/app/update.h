// How the state answers to a person: everything the explorer does, without window or drawing.
#pragma once

#include "explorer/model/loaded_model.h"
#include "explorer/state/action.h"
#include "explorer/state/state.h"

namespace loom {

// Two fingers since the last frame.
struct Pinch {
  bool active = false;
  Point center;      // on the screen
  Point moved;       // of the centre
  float zoom = 1;    // ratio of the fingers' distances
};

// What happened since the last frame. Points of the screen.
struct Input {
  Rect plane;               // where the latent plane is
  Rect other_plane;         // that of the model compared with; empty if there is none
  Point pointer, moved;     // the pointer and how far it came
  bool over_plane = false;  // the pointer is on the plane and on nothing above it
  bool finger = false;      // the pointer is a finger, which does not hover
  bool placing = false;     // the primary button is held since it went down on the plane
  bool placing_other = false;  // since it went down on the other plane
  bool panning = false;     // another button is, or the primary one with Shift or Space
  float wheel = 0;          // steps away from the person: zoom in
  Pinch pinch;
  Actions actions;
};

// What lasts from frame to frame but is not worth a link.
struct Interaction {
  bool placing = false;        // z follows the pointer
  Point z_before;              // where it was when that began
  std::int64_t hovered = -1;   // encoded point under the pointer, an index of LoadedModel::mu
  int held_pin = -1;           // 0 or 1: placing moves this pin of the state instead of z
};

// `model` is null while none is loaded. The view and z are clamped to what the model knows.
void update(ExplorerState& state, Interaction& interaction, const Input& input, const LoadedModel* model);

// Puts view, z and pins to where the model knows something; part of update.
void clamp_state(ExplorerState& state, const LoadedModel* model);

// The view that is shown: the state's own, or the model's.
View current_view(const ExplorerState& state, const LoadedModel* model);

}  // namespace loom
