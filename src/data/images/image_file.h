// Reads PNG and JPEG files as grey images.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/types.h"

namespace loom {

struct GreyImage {
  Index height = 0, width = 0;
  std::vector<std::uint8_t> pixels;  // (height, width), 0 black to 255 white
};

// Limits for decoding; those for training are much smaller (core/image.h).
inline constexpr std::uint64_t kMaxImageFileBytes = std::uint64_t{64} << 20;
inline constexpr int kMaxImageFileSide = 8192;
inline constexpr std::int64_t kMaxImageFilePixels = 1 << 24;

// What shows through transparent pixels: white for images that are then inverted, whose paper is white.
enum class Background : std::uint8_t { black = 0, white = 255 };

// Whether the name ends in .png, .jpg, .jpeg or .jfif, in upper or lower case.
bool has_image_name(const std::filesystem::path& path);

// The image in `bytes`; `name` (its path) starts every error message. Grey is the luma 0.2126 R + 0.7152 G + 0.0722 B
// (ITU-R BT.709) of the values as stored, without undoing their transfer curve; transparent pixels are blended with
// the background; 16 bits are rounded to 8 at the end. Colour profiles, gamma entries and EXIF orientation are not
// applied. Throws Error for anything but a complete PNG or JPEG within the limits. A PNG must have correct checksums in
// every chunk; a JPEG only has an end marker to check.
GreyImage decode_image(std::span<const std::byte> bytes, const std::string& name, Background = Background::black);

// Also throws Error if the file cannot be read.
GreyImage read_image(const std::filesystem::path& path, Background = Background::black);

// The image resized by area averaging (data/images/area_average.h), rounded half up. The two sides are scaled
// independently.
GreyImage resize_by_area(const GreyImage& image, Index height, Index width);

}  // namespace loom
