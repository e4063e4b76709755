// Ten marker shapes for ten classes, because colour alone does not work for colour-blind readers and in grey prints.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "raster/path.h"

namespace loom {

inline constexpr std::size_t kMarkerShapes = 10;

// The shape of class c. Shapes repeat after ten classes, but shifted by one, so that classes beyond ten have other
// combinations of colour and shape.
constexpr std::size_t marker_of_class(std::size_t c) { return (c + c / kMarkerShapes) % kMarkerShapes; }

inline constexpr double kDiscRadius = 0.78;  // of shape 0, which is round

// Corners of a shape within the unit circle, y down. All shapes have about the same area, so that none looks more
// important. Shape 9, a ring, is two polygons. `shape` is taken modulo ten.
const Polygons& marker_polygons(std::size_t shape);

// The shape with its outline moved outwards by `by` (inwards if negative); corners stay sharp.
Polygons grown(const Polygons& shape, double by);

// How much of each pixel of a square of side x side pixels the shape covers, 0 ... 255, if it has this radius around
// the middle and is enlarged by `border`, both in pixels.
std::vector<std::uint8_t> marker_coverage(std::size_t shape, int side, double radius, double border);

}  // namespace loom
