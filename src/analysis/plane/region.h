// How dense the aggregate posterior is at a point.
#pragma once

namespace loom {

enum class DensityLevel { dense, sparse, empty };

// Compares q(z) with the density that is expected: dense from a third of it, empty below a hundredth.
DensityLevel density_level(double density, double expected_density);

// Whether the point lies in a prior hole as in Rosca et al. 2018: q < 0.1 p.
bool is_prior_hole(double density, double prior_density);

}  // namespace loom
