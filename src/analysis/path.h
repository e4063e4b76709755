// Paths from one latent code to another, in a latent space of any dimension. A path is a matrix (steps, D) whose first
// and last rows are the two ends.
#pragma once

#include <vector>

#include "core/types.h"

namespace loom {

// Equal steps along the line. steps >= 2.
Matrix straight_path(const RowVector& from, const RowVector& to, Index steps);

// Along the great circle, lengths changing evenly (White 2016, section 2.1). It was made for spaces of many dimensions,
// where nearly all draws of the prior have length sqrt(D) and a straight line cuts through an empty middle; in two
// dimensions the middle is where the prior is densest, so there it has no advantage and is shown for comparison. Where
// the great circle is not defined (an end at 0, opposite directions) it is the straight path.
Matrix spherical_path(const RowVector& from, const RowVector& to, Index steps);

// The same curve at `steps` places with equal shares of the given lengths of its pieces (one per pair of rows): a film
// strip whose pictures change evenly. All lengths 0: equal shares of pieces.
Matrix even_path(const Matrix& path, const std::vector<double>& lengths, Index steps);

// 0, l_1, l_1 + l_2, ...: one number more than `lengths`.
std::vector<double> cumulative(const std::vector<double>& lengths);

}  // namespace loom
