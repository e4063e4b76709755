// Animates marks from their old places to those of the model after more training, each with a short tail.
#pragma once

#include <vector>

#include "explorer/state/view.h"

namespace loom {

class DotMotion {
 public:
  static constexpr double kSeconds = 0.7;  // duration; about the time between two updates of a model in training
  static constexpr double kTail = 0.3;     // seconds that the end of a tail lags behind its mark

  // Starts to move each mark. Both lists have the same length.
  void begin(std::vector<Point> from, std::vector<Point> to);
  void stop() { from_.clear(), to_.clear(), places_.clear(), tails_.clear(); }

  // Advances the animation by some seconds. Returns true while anything is moving.
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
