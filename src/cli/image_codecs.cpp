#include "cli/image_codecs.h"

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#endif
#include <stb/stb_image.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
#include <stb/stb_image_write.h>

#include <algorithm>
#include <memory>

#include "core/error.h"
#include "plot/png.h"

namespace loom {
namespace {

constexpr Index kBlock = 8;            // pixels along a side of a JPEG block
constexpr Index kSubsampled = 16;      // of a chroma block's area, up to quality 90
constexpr int kSubsamplingQuality = 90;  // up to which stb_image_write halves the chroma
constexpr double kEmptyBlockBits = 4;  // "no change" and "end of block", 2 bits each (ITU T.81, tables K.3 to K.6)

struct Mosaic {
  Index columns, rows, tile_width, tile_height;
  std::vector<std::uint8_t> pixels;

  Index width() const { return columns * tile_width; }
  Index height() const { return rows * tile_height; }
};

Index padded(Index side, Index block) { return (side + block - 1) / block * block; }

// Tiles in whole blocks, edges repeated.
Mosaic mosaic(const Dataset& data, Index block) {
  Mosaic out{100, (data.size() + 99) / 100, padded(data.shape.width, block), padded(data.shape.height, block), {}};
  out.pixels.resize(static_cast<std::size_t>(out.width() * out.height()));
  for (Index n = 0; n < data.size(); ++n)
    for (Index y = 0; y < out.tile_height; ++y)
      for (Index x = 0; x < out.tile_width; ++x) {
        const Index from = std::min(y, data.shape.height - 1) * data.shape.width + std::min(x, data.shape.width - 1);
        const Index to = (n / out.columns * out.tile_height + y) * out.width() + n % out.columns * out.tile_width + x;
        out.pixels[static_cast<std::size_t>(to)] = data.pixels[static_cast<std::size_t>(n * data.shape.size() + from)];
      }
  return out;
}

}  // namespace

CodecResult png_size(const Dataset& data) {
  std::vector<Color> pixels;
  pixels.reserve(data.pixels.size());
  for (const std::uint8_t p : data.pixels) pixels.push_back(rgb(p * 0x010101u));
  const auto bytes = static_cast<double>(encode_png(pixels, data.shape.width, data.size() * data.shape.height).size());
  return {bytes / static_cast<double>(data.size()), 0};
}

CodecResult jpeg_size(const Dataset& data, int quality) {
  const bool subsampled = quality <= kSubsamplingQuality;
  const Mosaic grey = mosaic(data, subsampled ? kSubsampled : kBlock);
  std::vector<std::uint8_t> file;
  const auto append = [](void* context, void* bytes, int size) {
    auto* out = static_cast<std::vector<std::uint8_t>*>(context);
    out->insert(out->end(), static_cast<std::uint8_t*>(bytes), static_cast<std::uint8_t*>(bytes) + size);
  };
  const auto width = static_cast<int>(grey.width()), height = static_cast<int>(grey.height());
  if (!stbi_write_jpg_to_func(append, &file, width, height, 1, grey.pixels.data(), quality))
    fail("images could not be written as JPEG of quality ", quality);
  int found_width = 0, found_height = 0, channels = 0;
  const std::unique_ptr<stbi_uc, void (*)(void*)> decoded(
      stbi_load_from_memory(file.data(), static_cast<int>(file.size()), &found_width, &found_height, &channels, 1),
      stbi_image_free);
  if (!decoded || found_width != width || found_height != height) fail("a JPEG just written could not be read");

  double squares = 0;
  for (Index n = 0; n < data.size(); ++n)
    for (Index y = 0; y < data.shape.height; ++y)
      for (Index x = 0; x < data.shape.width; ++x) {
        const Index at =
            (n / grey.columns * grey.tile_height + y) * grey.width() + n % grey.columns * grey.tile_width + x;
        const int steps = decoded.get()[at] - grey.pixels[static_cast<std::size_t>(at)];
        const double difference = steps / 255.0;
        squares += difference * difference;
      }
  const Index area = subsampled ? kSubsampled * kSubsampled : kBlock * kBlock;
  const double chroma_blocks = 2 * static_cast<double>(grey.width() * grey.height() / area);
  return {(static_cast<double>(file.size()) - chroma_blocks * kEmptyBlockBits / 8) / static_cast<double>(data.size()),
          squares / static_cast<double>(data.size() * data.shape.size())};
}

}  // namespace loom
