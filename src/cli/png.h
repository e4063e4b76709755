// Pictures to PNG files.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/image.h"
#include "core/types.h"

namespace loom {

// Writes a grey picture with values in [0, 1] (clamped), each pixel as a square of `scale` x `scale`. Atomic; throws
// Error if the file cannot be written.
void write_png(const std::string& path, const Scalar* picture, const ImageShape& shape, Index scale);

// Writes RGBA pixels (bytes in that order, rows from the top) as a picture without alpha. Atomic; throws as above.
void write_png(const std::string& path, std::span<const std::uint32_t> pixels, int width, int height);

}  // namespace loom
