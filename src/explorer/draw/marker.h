// Ten shapes for ten classes: colour alone would leave colour-blind readers and printers out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "analysis/point.h"

namespace loom {

inline constexpr std::size_t kMarkerShapes = 10;

// Shapes go round; with ten colours and ten shapes classes beyond ten are told apart by another pairing.
constexpr std::size_t marker_of_class(std::size_t c) { return (c + c / kMarkerShapes) % kMarkerShapes; }

// Signed distance to the outline of a shape that fits into the unit circle, negative inside. All shapes have about the
// same area, so that none looks more important.
float marker_distance(std::size_t shape, Point p);

// side x side values in [0, 1]: about how much of each pixel the shape covers, grown by `border` pixels, when it has a
// `radius` in pixels around the middle.
std::vector<float> marker_coverage(std::size_t shape, int side, float radius, float border);

}  // namespace loom
