// Marks on their way from where they were to where a model that was trained further puts them, each with a short tail.
#pragma once

#include <vector>

#include "explorer/state/view.h"

namespace loom {

class DotMotion {
 public:
  static constexpr double kSeconds = 0.7;  // of the way; a model that is trained in the page comes about as often
  static constexpr double kTail = 0.3;     // seconds by which the end of a tail is behind its mark

  // Begins a way of each mark. Both are as long.
  void begin(std::vector<Point> from, std::vector<Point> to);
  void stop() { from_.clear(), to_.clear(), places_.clear(), tails_.clear(); }

  // Goes on by some seconds. Returns true while anything is moving.
  bool advance(double seconds);
  bool moving() const { return !places_.empty(); }

  // Where the marks are now, and where their tails end; empty when nothing is moving.
  const std::vector<Point>& places() const { return places_; }
  const std::vector<Point>& tails() const { return tails_; }

 private:
  void place();

  std::vector<Point> from_, to_, places_, tails_;
  double seconds_ = 0;  // since it began
};

}  // namespace loom
