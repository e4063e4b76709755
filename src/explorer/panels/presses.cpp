#include "explorer/panels/presses.h"

namespace loom {
namespace {

constexpr double kTogether = 0.5;               // seconds between the two presses
constexpr float kReach = 8, kReachFinger = 24;  // points between them
constexpr float kStill = 6, kStillFinger = 12;  // points that the pointer may move while it is held

}  // namespace

void Presses::advance(const PointerFrame& frame) {
  double_ = false;
  const float moved = length(frame.at - at_);
  if (frame.began) {
    const bool soon = frame.time > 0 && time_ > 0 && frame.time - time_ < kTogether;
    second_ = frame.on_plane && soon && moved < (frame.finger ? kReachFinger : kReach);
    if (!second_) ++count_;
    time_ = frame.on_plane && !second_ ? frame.time : -1;
    at_ = frame.at;
  } else if ((frame.held || frame.ended) && (frame.pinching || moved > (frame.finger ? kStillFinger : kStill))) {
    // It is a drag.
    if (second_) ++count_;
    second_ = false;
    time_ = -1;
  }
  if (frame.ended && !frame.held) {
    double_ = second_;
    second_ = false;
  }
  current_ = frame.held || frame.ended ? count_ : 0;
}

}  // namespace loom
