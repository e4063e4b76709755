// Principal component analysis of a data set (Pearson 1901): the best linear code under squared error.
#pragma once

#include "core/parallel.h"
#include "data/dataset.h"

namespace loom {

struct PrincipalComponents {
  RowVector mean;     // (P)
  Matrix directions;  // (K, P), orthonormal, by falling variance
};

// The first `count` <= P directions, from the covariance of all images.
PrincipalComponents principal_components(const Dataset&, Index count, ThreadPool&);

}  // namespace loom
