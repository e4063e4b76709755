// What happened since the last frame. Points of the screen.
#pragma once

#include "explorer/state/action.h"
#include "explorer/state/rect.h"

namespace loom {

// Two fingers since the last frame.
struct Pinch {
  bool active = false;
  Point center;    // on the screen
  Point moved;     // of the centre
  float zoom = 1;  // ratio of the fingers' distances
};

struct Input {
  Rect plane;                  // where the latent plane is
  Rect compared_plane;         // that of the second model; empty if there is none
  Point pointer, moved;        // the pointer and how far it came
  bool over_plane = false;     // the pointer is on the plane and on nothing above it
  bool finger = false;         // the pointer is a finger, which does not hover
  bool placing = false;        // the primary button is held since it went down on the plane
  bool placing_compared = false;  // since it went down on the second plane
  bool panning = false;        // another button is, or the primary one with Shift or Space
  float wheel = 0;             // steps away from the person: zoom in
  Pinch pinch;
  Actions actions;
};

}  // namespace loom
