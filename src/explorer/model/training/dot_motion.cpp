#include "explorer/model/training/dot_motion.h"

#include <algorithm>
#include <utility>

namespace loom {
namespace {

// The share of the way after some seconds: quick at first, then slower.
float share_at(double seconds) {
  const double left = 1 - std::clamp(seconds / DotMotion::kSeconds, 0.0, 1.0);
  return static_cast<float>(1 - left * left);
}

}  // namespace

void DotMotion::begin(std::vector<Point> from, std::vector<Point> to) {
  from_ = std::move(from), to_ = std::move(to);
  seconds_ = 0;
  place();
}

bool DotMotion::advance(double seconds) {
  if (!moving()) return false;
  seconds_ += seconds;
  if (seconds_ >= kSeconds + kTail)
    stop();
  else
    place();
  return moving();
}

void DotMotion::place() {
  const float now = share_at(seconds_), before = share_at(seconds_ - kTail);
  places_.resize(from_.size()), tails_.resize(from_.size());
  for (std::size_t n = 0; n < from_.size(); ++n) {
    const Point way = to_[n] - from_[n];
    places_[n] = from_[n] + way * now;
    tails_[n] = from_[n] + way * before;
  }
}

}  // namespace loom
