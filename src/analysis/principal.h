// Principal directions of encoded means: the axes of a latent space of any dimension, most varied first.
#pragma once

#include <vector>

#include "core/types.h"

namespace loom {

struct PrincipalDirections {
  RowVector mean;                      // (D)
  Matrix directions;                   // (D, D), orthonormal rows of falling variance, largest entry positive
  std::vector<double> variance;        // D, along each
};

// Eigenvectors of the covariance of the codes (N, D) in double precision (Pearson 1901; Hotelling 1933). Codes that
// fill fewer dimensions leave directions of variance 0. Throws Error without codes.
PrincipalDirections principal_directions(const Matrix& mu);

}  // namespace loom
