// Tracks the fingers on the screen and the gesture of two fingers. One finger alone acts as a pointer, like a mouse.
#pragma once

#include <cstdint>
#include <vector>

#include "explorer/app/input/input.h"

namespace loom {

class Touch {
 public:
  // Call for the touch events of each finger. `at`: on the screen, in points.
  void down(std::int64_t finger, Point at);
  void move(std::int64_t finger, Point at);
  void up(std::int64_t finger);

  // True from when the second finger touches until all are lifted, so that the last one lifted does not move z.
  bool is_gesture() const { return gesture_; }

  // Returns the gesture of two fingers since the last call.
  Pinch take();

 private:
  struct Finger {
    std::int64_t id;
    Point at, before;  // before: at the last take()
  };
  std::vector<Finger> fingers_;
  bool gesture_ = false;
};

}  // namespace loom
