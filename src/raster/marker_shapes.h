// Ten shapes for ten classes: colour alone would leave colour-blind readers and printers out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "raster/path.h"

namespace loom {

inline constexpr std::size_t kMarkerShapes = 10;

// Shapes go round; with ten colours and ten shapes classes beyond ten are told apart by another pairing.
constexpr std::size_t marker_of_class(std::size_t c) { return (c + c / kMarkerShapes) % kMarkerShapes; }

inline constexpr double kDiscRadius = 0.78;  // of shape 0, which is round

// Corners of a shape in the unit circle, y down; all shapes have about the same area, so that none looks more
// important. Shape 9, a ring, is two polygons. `shape` goes round after ten.
const Polygons& marker_polygons(std::size_t shape);

// The shape with its outline moved outwards (inwards for less than 0); corners stay sharp.
Polygons grown(const Polygons& shape, double by);

// How much of each pixel of a square the shape covers, 0 ... 255, when it has a `radius` in pixels around the middle
// and is grown by `border` pixels.
std::vector<std::uint8_t> marker_coverage(std::size_t shape, int side, double radius, double border);

}  // namespace loom
