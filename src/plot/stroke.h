// Lines with a width, as polygons to fill.
#pragma once

#include <vector>

#include "plot/canvas.h"

namespace loom {

// The outline of a line through `points`, with flat ends and mitred corners whose length is limited. Empty for fewer
// than two different points.
std::vector<Position> stroke_outline(std::vector<Position> points, double width);

// The line divided into dashes of this length with gaps of the same length; the whole line for a length of 0.
std::vector<std::vector<Position>> dashes(const std::vector<Position>& points, double length);

}  // namespace loom
