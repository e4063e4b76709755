// Blends colours over pixels, one span of a row at a time. All pixels are blended here. Alpha is straight (not
// premultiplied), targets are opaque, and every channel is rounded to nearest.
#pragma once

#include <cstdint>

#include "core/color.h"

namespace loom {

void blend_color(Color* target, int count, Color color);
void blend_colors(Color* target, int count, const Color* colors);
// `coverage` is how much of each pixel is painted, 0 ... 255.
void blend_covered(Color* target, int count, Color color, const std::uint8_t* coverage);

// Multiplies each channel by that of the tint, where 255 means 1: tints a texture.
void multiply_color(Color* pixels, int count, Color tint);
void multiply_colors(Color* pixels, int count, const Color* tints);

}  // namespace loom
