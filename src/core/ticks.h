// Round numbers along an axis.
#pragma once

#include <vector>

namespace loom {

struct Ticks {
  std::vector<double> values;
  int decimals = 0;  // enough to tell neighbouring values apart
};

// Tick values between low and high: multiples of 1, 2 or 5 times a power of ten, at least `spacing` apart.
Ticks ticks(double low, double high, double spacing);

}  // namespace loom
