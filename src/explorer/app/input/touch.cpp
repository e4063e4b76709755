#include "explorer/app/input/touch.h"

namespace loom {

void Touch::down(std::int64_t finger, Point at) {
  up(finger);  // in case its "up" event was lost
  fingers_.push_back({finger, at, at});
  gesture_ = gesture_ || fingers_.size() > 1;
}

void Touch::move(std::int64_t finger, Point at) {
  for (Finger& f : fingers_)
    if (f.id == finger) f.at = at;
}

void Touch::up(std::int64_t finger) {
  std::erase_if(fingers_, [finger](const Finger& f) { return f.id == finger; });
  // Discards movement since the last take(): the pair has changed, and its centre would jump.
  for (Finger& f : fingers_) f.before = f.at;
  if (fingers_.empty()) gesture_ = false;
}

Pinch Touch::take() {
  Pinch pinch;
  pinch.active = gesture_;
  if (fingers_.size() < 2) return pinch;
  Finger &a = fingers_[0], &b = fingers_[1];
  pinch.center = (a.at + b.at) * 0.5f;
  pinch.moved = pinch.center - (a.before + b.before) * 0.5f;
  const float before = length(a.before - b.before);
  if (before > 0) pinch.zoom = std::max(length(a.at - b.at), 1.0f) / std::max(before, 1.0f);
  a.before = a.at;
  b.before = b.at;
  return pinch;
}

}  // namespace loom
