// Upscales small images smoothly: decoded images are smooth, and nearest-neighbour scaling would show a grid of pixels
// that is no property of the model.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/image.h"

namespace loom {

// Pixels in [0, 1] as the alpha of white, `factor` times larger along each side, by Catmull-Rom interpolation (Keys
// 1981, a = -1/2). Drawn over paper, tinted with the colour of the ink. Several channels are averaged.
std::vector<std::uint32_t> upscaled_alpha(std::span<const float> pixels, const ImageShape& shape, Index factor);

}  // namespace loom
