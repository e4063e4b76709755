// A small picture made large without corners: what a decoder says about 28 x 28 pixels is smooth, and squares of
// nearest neighbours would show a grid that the model knows nothing of.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/image.h"

namespace loom {

// Pixels in [0, 1] as the alpha of white, `factor` times larger along each side, by Catmull-Rom interpolation (Keys
// 1981, a = -1/2); drawn over paper in the colour of the pencil. Several channels are averaged.
std::vector<std::uint32_t> upscaled_alpha(std::span<const float> pixels, const ImageShape& shape, Index factor);

}  // namespace loom
