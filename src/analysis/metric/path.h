// Paths from one latent code to another, in a latent space of any dimension. A path is a matrix (steps, D) whose first
// and last rows are the two ends.
#pragma once

#include <vector>

#include "core/types.h"

namespace loom {

// Equal steps along the straight line. steps >= 2.
Matrix straight_path(const RowVector& from, const RowVector& to, Index steps);

// Spherical interpolation: along the great circle, with linearly changing length (White 2016, section 2.1). It is meant
// for many dimensions, where nearly all draws from the prior have a length near sqrt(D), and a straight line passes
// through the empty middle. In two dimensions the prior is densest in the middle, so there it has no advantage and is
// shown for comparison. Where the great circle is undefined (an end at 0, opposite directions) the path is straight.
Matrix spherical_path(const RowVector& from, const RowVector& to, Index steps);

// Resamples the path at `steps` points that divide its total length equally, where `lengths` gives the length of each
// piece (one per pair of rows): a film strip whose images change evenly. If all lengths are 0, all pieces count
// equally.
Matrix even_path(const Matrix& path, const std::vector<double>& lengths, Index steps);

// Cumulative sums 0, l_1, l_1 + l_2, ...: one number more than `lengths`.
std::vector<double> cumulative(const std::vector<double>& lengths);

}  // namespace loom
