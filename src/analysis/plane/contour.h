// Lines where a field has a given value: marching squares (Lorensen & Cline 1987 in two dimensions) between the centers
// of cells, joined into polylines.
#pragma once

#include <vector>

#include "analysis/plane/latent_grid.h"

namespace loom {

struct ContourLine {
  std::vector<Point> points;  // a closed line ends where it begins
  bool closed = false;
  double length = 0;
};

// All lines, the longest first. Where two opposite corners of a square are above the level and two below, the mean of
// the four decides how they are joined (cf. Nielson & Hamann 1991). If `mask` is not empty, squares with a corner
// whose mask is 0 are left out.
std::vector<ContourLine> contour_lines(const LatentGrid&, std::span<const float> field, float level,
                                       std::span<const std::uint8_t> mask = {});

// The point after the fraction `share` in [0, 1] of a line's length, for moving along a border.
Point point_along(const ContourLine&, double share);

}  // namespace loom
