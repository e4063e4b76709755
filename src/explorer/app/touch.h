// Fingers on the screen, and the gesture that two of them make. The first finger alone is a pointer, like a mouse.
#pragma once

#include <cstdint>
#include <vector>

#include "explorer/app/input.h"

namespace loom {

class Touch {
 public:
  void down(std::int64_t finger, Point at);
  void move(std::int64_t finger, Point at);
  void up(std::int64_t finger);

  // Once two fingers were down, what follows is a gesture until all are lifted: the last one must not place z.
  bool is_gesture() const { return gesture_; }

  // What two fingers did since the last call.
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
