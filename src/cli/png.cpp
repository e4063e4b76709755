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

void write_png(const std::string& path, const Scalar* picture, const ImageShape& shape, Index scale) {
  const Index width = shape.width * scale, height = shape.height * scale;
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width * height));
  for (Index y = 0; y < height; ++y)
    for (Index x = 0; x < width; ++x) {
      const Scalar value = std::clamp(picture[y / scale * shape.width + x / scale], Scalar(0), Scalar(1));
      pixels[static_cast<std::size_t>(y * width + x)] = static_cast<std::uint8_t>(std::lround(255 * value));
    }
  std::vector<std::byte> file;
  const auto append = [](void* context, void* data, int size) {
    const auto* bytes = static_cast<const std::byte*>(data);
    static_cast<std::vector<std::byte>*>(context)->insert(static_cast<std::vector<std::byte>*>(context)->end(), bytes,
                                                          bytes + size);
  };
  if (!stbi_write_png_to_func(append, &file, static_cast<int>(width), static_cast<int>(height), 1, pixels.data(),
                              static_cast<int>(width)))
    fail(path, ": the picture could not be encoded as PNG");
  write_file_atomic(path, file);
}

}  // namespace loom
