#include "core/ticks.h"

#include <algorithm>
#include <cmath>

namespace loom {

Ticks ticks(double low, double high, double spacing) {
  if (!(high > low) || !(spacing > 0) || !std::isfinite(high - low)) return {};
  const double power = std::pow(10, std::floor(std::log10(spacing)));
  double step = power;
  for (const double factor : {2.0, 5.0, 10.0})
    if (step < spacing * (1 - 1e-9)) step = factor * power;
  Ticks out;
  out.decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  // Multiples of the step, not a running sum, so that 0 is exactly 0.
  for (double n = std::ceil(low / step - 1e-9); n * step <= high + 1e-9 * step; ++n) out.values.push_back(n * step);
  return out;
}

}  // namespace loom
