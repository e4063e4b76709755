// Counts the presses of the pointer and finds out which is the second of a double click or double tap on the plane. By
// real time, because no frames are drawn while nothing happens, and Dear ImGui counts only the time of frames.
#pragma once

#include <cstdint>

#include "explorer/state/rect.h"

namespace loom {

struct PointerFrame {
  double time = 0;        // when the last button went down, seconds; 0: not known, then there is no double press
  Point at;               // the pointer
  bool finger = false;
  bool began = false;     // a button went down in this frame
  bool on_plane = false;  // it did so on the plane, and was the primary one
  bool held = false;      // a button is down
  bool ended = false;     // a button was released in this frame
  bool pinching = false;  // two fingers are down
};

class Presses {
 public:
  void advance(const PointerFrame& frame);

  // The number of the press that changes of this frame belong to; 0: none. Both presses of a double press have the
  // same.
  std::uint64_t number() const { return current_; }
  // The second press of two is held still: it moves nothing.
  bool is_second() const { return second_; }
  // A double press has ended in this frame, here.
  bool was_double() const { return double_; }
  Point place() const { return at_; }

 private:
  std::uint64_t count_ = 0, current_ = 0;
  double time_ = -1;  // of the last press on the plane; -1: none that a double press may begin with
  Point at_;          // of the last press
  bool second_ = false, double_ = false;
};

}  // namespace loom
