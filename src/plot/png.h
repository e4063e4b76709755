// Pictures as PNG.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "plot/canvas.h"

namespace loom {

// Pixels of a PNG per CSS pixel. 2 gives 192 dots per inch, which is sharp in print.
inline constexpr Index kPngDensity = 2;

// A picture of opaque colours (height, width) as PNG; written as greyscale if all colours are grey. `alpha`: with their
// transparency.
std::vector<std::byte> encode_png(std::span<const Color> pixels, Index width, Index height, bool alpha = false);

// A figure as PNG, with kPngDensity pixels per CSS pixel.
std::vector<std::byte> png_of(const Canvas&);

}  // namespace loom
