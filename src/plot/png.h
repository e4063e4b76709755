// Pictures as PNG.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plot/canvas.h"

namespace loom {

// Pixels of a written picture per CSS pixel: sharp on paper at twice a screen's 96 dots per inch.
inline constexpr Index kPngDensity = 2;

// Opaque colours, (height, width); written as grey where all are.
std::vector<std::byte> encode_png(std::span<const Color> pixels, Index width, Index height);

std::vector<std::byte> png_of(const Canvas&);

}  // namespace loom
