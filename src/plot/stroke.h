// Lines with a width as polygons to fill.
#pragma once

#include <vector>

#include "plot/canvas.h"

namespace loom {

// The outline of a line through `points`, flat at both ends, corners mitred and, where sharp, cut. Empty for less than
// two different points.
std::vector<Position> stroke_outline(std::vector<Position> points, double width);

// The line cut into dashes of a length, with gaps as long; the whole line for a length of 0.
std::vector<std::vector<Position>> dashes(const std::vector<Position>& points, double length);

}  // namespace loom
