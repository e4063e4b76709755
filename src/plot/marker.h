// Ten shapes for ten classes, so that colour is not the only way to tell them apart; the explorer's, as polygons.
#pragma once

#include <vector>

#include "plot/canvas.h"

namespace loom {

inline constexpr std::size_t kMarkerPolygons = 10;

// Corners of a shape in the unit circle, y down; all have about the same area. Shape 9, a ring, is two polygons, the
// second one, the hole, running the other way. `shape` goes round after ten.
const std::vector<std::vector<Position>>& marker_polygons(std::size_t shape);

}  // namespace loom
