#include "cli/figures/image_codecs.h"

#include <stb/stb_image_write.h>

#include <algorithm>

#include "core/error.h"
#include "data/images/image_file.h"
#include "plot/png.h"

namespace loom {
namespace {

constexpr Index kMosaicAcross = 100;         // images side by side
constexpr Index kMostImages = 10'000;  // more would exceed what an image reader takes
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
  const Index count = std::min(data.size(), kMostImages);
  Mosaic out{kMosaicAcross,
             (count + kMosaicAcross - 1) / kMosaicAcross,
             padded(data.shape.width, block),
             padded(data.shape.height, block),
             {}};
  out.pixels.resize(static_cast<std::size_t>(out.width() * out.height()));
  for (Index n = 0; n < std::min(data.size(), kMostImages); ++n)
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
  return {bytes / static_cast<double>(std::min(data.size(), kMostImages)), 0};
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
  const GreyImage decoded = decode_image(std::as_bytes(std::span(file)), "a JPEG just written");
  double squares = 0;
  for (Index n = 0; n < std::min(data.size(), kMostImages); ++n)
    for (Index y = 0; y < data.shape.height; ++y)
      for (Index x = 0; x < data.shape.width; ++x) {
        const Index at =
            (n / grey.columns * grey.tile_height + y) * grey.width() + n % grey.columns * grey.tile_width + x;
        const int steps = decoded.pixels[static_cast<std::size_t>(at)] - grey.pixels[static_cast<std::size_t>(at)];
        const double difference = steps / 255.0;
        squares += difference * difference;
      }
  const Index area = subsampled ? kSubsampled * kSubsampled : kBlock * kBlock;
  const double chroma_blocks = 2 * static_cast<double>(grey.width() * grey.height() / area);
  return {(static_cast<double>(file.size()) - chroma_blocks * kEmptyBlockBits / 8) /
              static_cast<double>(std::min(data.size(), kMostImages)),
          squares / static_cast<double>(std::min(data.size(), kMostImages) * data.shape.size())};
}

}  // namespace loom
