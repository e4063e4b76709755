// Round numbers along an axis.
#pragma once

#include <vector>

namespace loom {

struct Ticks {
  std::vector<double> values;
  int decimals = 0;  // enough to tell neighbouring values apart
};

// Multiples of 1, 2 or 5 times a power of ten between low and high, at least `spacing` apart.
Ticks ticks(double low, double high, double spacing);

}  // namespace loom
