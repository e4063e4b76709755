#include "cli/png.h"

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STBI_WRITE_NO_STDIO
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif
#include <stb/stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/error.h"
#include "core/file.h"

namespace loom {

namespace {

void write_bytes(const std::string& path, const std::vector<std::uint8_t>& pixels, int width, int height,
                 int channels) {
  std::vector<std::byte> file;
  const auto append = [](void* context, void* data, int size) {
    const auto* bytes = static_cast<const std::byte*>(data);
    static_cast<std::vector<std::byte>*>(context)->insert(static_cast<std::vector<std::byte>*>(context)->end(), bytes,
                                                          bytes + size);
  };
  if (!stbi_write_png_to_func(append, &file, width, height, channels, pixels.data(), width * channels))
    fail(path, ": the picture could not be encoded as PNG");
  write_file_atomic(path, file);
}

}  // namespace

void write_png(const std::string& path, const Scalar* picture, const ImageShape& shape, Index scale) {
  const Index width = shape.width * scale, height = shape.height * scale;
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height));
  for (Index y = 0; y < height; ++y)
    for (Index x = 0; x < width; ++x) {
      const Scalar value = std::clamp(picture[y / scale * shape.width + x / scale], Scalar(0), Scalar(1));
      pixels[static_cast<std::size_t>(y * width + x)] = static_cast<std::uint8_t>(std::lround(255 * value));
    }
  write_bytes(path, pixels, static_cast<int>(width), static_cast<int>(height), 1);
}

void write_png(const std::string& path, std::span<const std::uint32_t> pixels, int width, int height) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(3 * pixels.size());
  for (const std::uint32_t pixel : pixels)
    for (const int shift : {0, 8, 16}) bytes.push_back(static_cast<std::uint8_t>(pixel >> shift & 0xff));
  write_bytes(path, bytes, width, height, 3);
}

}  // namespace loom
