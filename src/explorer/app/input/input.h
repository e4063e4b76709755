// What happened since the last frame. Lengths are in points (CSS pixels).
#pragma once

#include "explorer/state/action.h"
#include "explorer/state/rect.h"

namespace loom {

// Two fingers since the last frame.
struct Pinch {
  bool active = false;
  Point center;    // on the screen
  Point moved;     // movement of the centre
  float zoom = 1;  // ratio of the fingers' distances
};

struct Input {
  float seconds = 0;           // since the last frame
  float idle = 0;              // seconds since the visitor did anything
  Rect plane;                  // where the latent plane is
  Rect compared_plane;         // that of the second model; empty if there is none
  Point pointer, moved;        // the pointer and how far it has moved
  bool over_plane = false;     // the pointer is on the plane and not on something above it
  bool over_compared = false;  // the same for the second plane
  bool finger = false;         // the pointer is a finger, which does not hover unless it is held
  bool resting = false;        // a finger is held still for half a second
  bool placing = false;        // the primary button is held since it went down on the plane
  bool placing_compared = false;  // the same on the second plane
  bool panning = false;        // the plane is dragged with another button, or with Shift or Space held
  bool panning_compared = false;  // the same on the second plane
  float wheel = 0;             // steps; positive: zoom in
  bool double_press = false;   // a double click or double tap on either plane has ended; `pointer` is where
  std::uint64_t press = 0;  // number of the press that this frame's changes belong to; 0: none. A double press is one
  double time = 0;  // seconds, of a clock that never stands still
  Pinch pinch;
  Actions actions;
};

}  // namespace loom
