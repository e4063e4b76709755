// Filled polygons with smooth edges: exact coverage of every pixel by signed area, as font rasterisers do it (Levien
// 2016, font-rs; the same method as stb_truetype's version 2).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "raster/pixels.h"

namespace loom {

struct Position {
  double x = 0, y = 0;  // pixels, from the upper left corner
};

using Polygon = std::vector<Position>;
// Polygons that are filled together: the union of those with the same orientation. A polygon of the opposite
// orientation inside another is a hole.
using Polygons = std::vector<Polygon>;

// Calls paint(left, y, count, coverage) for each row that the polygons touch within a picture of this size; coverage
// is 0 ... 255 for `count` pixels from `left` on.
using PaintCoverage = std::function<void(int left, int y, int count, const std::uint8_t* coverage)>;
void cover(const Polygons& polygons, int width, int height, const PaintCoverage& paint);

void fill_polygons(Pixels& target, const Polygons& polygons, Color color);

}  // namespace loom
