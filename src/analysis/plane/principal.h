// Principal directions of the encoded means in a latent space of any dimension, by decreasing variance.
#pragma once

#include <vector>

#include "core/types.h"

namespace loom {

struct PrincipalDirections {
  RowVector mean;                      // (D)
  Matrix directions;                   // (K, D), orthonormal rows, variance decreasing, largest entry positive
  std::vector<double> variance;        // K, along each
};

// All K = D eigenvectors of the covariance of the codes (N, D), computed in double precision (Pearson 1901; Hotelling
// 1933). Codes that span fewer dimensions give some directions of variance 0. Throws Error without codes. The time
// grows with D^3: a second for a few hundred dimensions.
PrincipalDirections principal_directions(const Matrix& mu);

// From this many dimensions on, code that needs only the first directions should use leading_directions.
inline constexpr Index kManyDimensions = 65;

// The first K = min(count, D) of them, found by subspace iteration on the codes (Halko, Martinsson & Tropp 2011,
// algorithm 4.4, repeated until the variances converge). An iteration takes time N D K, so 1024 dimensions take a
// second.
PrincipalDirections leading_directions(const Matrix& mu, Index count);

}  // namespace loom
