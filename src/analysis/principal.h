// Principal directions of encoded means: the axes of a latent space of any dimension, most varied first.
#pragma once

#include <vector>

#include "core/types.h"

namespace loom {

struct PrincipalDirections {
  RowVector mean;                      // (D)
  Matrix directions;                   // (K, D), orthonormal rows of falling variance, largest entry positive
  std::vector<double> variance;        // K, along each
};

// Eigenvectors of the covariance of the codes (N, D) in double precision (Pearson 1901; Hotelling 1933), all K = D of
// them. Codes that fill fewer dimensions leave directions of variance 0. Throws Error without codes. The time grows
// with D^3: a second for some hundred dimensions.
PrincipalDirections principal_directions(const Matrix& mu);

// From this many dimensions on, code that needs only the first directions should use leading_directions.
inline constexpr Index kManyDimensions = 65;

// The first K = min(count, D) of them, found by subspace iteration on the codes (Halko, Martinsson & Tropp 2011,
// algorithm 4.4, repeated until the variances stand still): N D K per iteration, so 1024 dimensions take a second.
PrincipalDirections leading_directions(const Matrix& mu, Index count);

}  // namespace loom
