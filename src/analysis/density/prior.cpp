#include "analysis/density/prior.h"

#include <cmath>
#include <numbers>

namespace loom {

double prior_density(Point z) {
  const double x = z.x, y = z.y;
  return std::exp(-0.5 * (x * x + y * y)) / (2 * std::numbers::pi);
}

double log_prior_density(Point z) {
  const double x = z.x, y = z.y;
  return -0.5 * (x * x + y * y) - std::log(2 * std::numbers::pi);
}

double prior_radius(double mass) { return std::sqrt(-2 * std::log1p(-mass)); }

}  // namespace loom
