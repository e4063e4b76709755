#include "analysis/plane/region.h"

namespace loom {
namespace {

constexpr double kDense = 1.0 / 3, kEmpty = 0.01;  // of the expected density
constexpr double kHole = 0.1;                      // q/p

}  // namespace

DensityLevel density_level(double density, double expected_density) {
  if (density <= 0 || density < kEmpty * expected_density) return DensityLevel::empty;
  return density < kDense * expected_density ? DensityLevel::sparse : DensityLevel::dense;
}

bool is_prior_hole(double density, double prior_density) { return density < kHole * prior_density; }

}  // namespace loom
