// Colours over colours, a span of a row at a time: the one place where pixels are mixed. Alpha is straight, targets are
// opaque, every channel is rounded to the nearest.
#pragma once

#include <cstdint>

#include "core/color.h"

namespace loom {

void blend_color(Color* target, int count, Color color);
void blend_colors(Color* target, int count, const Color* colors);
// coverage: how much of each pixel is painted, 0 ... 255.
void blend_covered(Color* target, int count, Color color, const std::uint8_t* coverage);

// Multiplies channel by channel, 255 being 1: what a tint does to a texture.
void multiply_color(Color* pixels, int count, Color tint);
void multiply_colors(Color* pixels, int count, const Color* tints);

}  // namespace loom
