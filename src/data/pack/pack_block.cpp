#include "data/pack/pack_block.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/files/sha256.h"

namespace loom {
namespace {

void check_unpacked(std::span<const std::byte> unpacked, std::size_t bytes, const std::string& sha256,
                    const std::string& where) {
  if (unpacked.size() != bytes) fail(where, ": unpacks to ", unpacked.size(), " bytes, expected ", bytes);
  const std::string found = sha256_hex(unpacked);
  if (found != sha256) fail(where, ": SHA-256 of the unpacked bytes is ", found, ", expected ", sha256);
}

// The grey value of every level. Entries of levels that do not exist are never used.
std::array<std::uint8_t, 256> grey_values(int levels) {
  std::array<std::uint8_t, 256> values{};
  for (int level = 0; level < levels; ++level)
    values[static_cast<std::size_t>(level)] = shown_grey(static_cast<std::uint8_t>(level), levels);
  return values;
}

}  // namespace

std::uint8_t stored_level(std::uint8_t grey, int levels) {
  return static_cast<std::uint8_t>((2 * grey * (levels - 1) + 255) / 510);
}

std::uint8_t shown_grey(std::uint8_t level, int levels) {
  return static_cast<std::uint8_t>((510 * level + levels - 1) / (2 * (levels - 1)));
}

std::vector<std::uint8_t> stored_images(std::span<const std::uint8_t> pixels, const ImageShape& shape, int levels) {
  std::vector<std::uint8_t> stored;
  const auto width = static_cast<std::size_t>(shape.width), image = static_cast<std::size_t>(shape.size());
  const bool paired = levels <= kMaxPairedLevels;
  for (std::size_t row = 0; row < pixels.size(); row += width) {
    const std::size_t in_image = row % image / width;
    for (std::size_t x = 0; x < width; ++x) {
      const std::uint8_t level = stored_level(pixels[row + x], levels);
      if (paired && in_image % 2 == 1)
        stored[stored.size() - width + x] |= static_cast<std::uint8_t>(level << 4);
      else
        stored.push_back(level);
    }
  }
  return stored;
}

std::size_t stored_block_bytes(const PackHeader& pack, std::size_t block) {
  return static_cast<std::size_t>(pack.blocks[block].images) * stored_image_bytes(pack.shape, pack.levels);
}

void read_stored_images(const PackHeader& pack, std::size_t block, std::span<const std::byte> unpacked,
                        std::string_view file, std::span<std::uint8_t> out) {
  const std::string where = text(file, ": block ", block);
  check_unpacked(unpacked, stored_block_bytes(pack, block), pack.blocks[block].sha256, where);
  const auto width = static_cast<std::size_t>(pack.shape.width);
  const auto rows = static_cast<std::size_t>(pack.shape.channels * pack.shape.height);
  const auto images = static_cast<std::size_t>(pack.blocks[block].images);
  if (out.size() != images * rows * width)
    fail(where, ": room for ", out.size(), " pixels, expected ", images * rows * width);
  const bool paired = pack.levels <= kMaxPairedLevels;
  const std::array<std::uint8_t, 256> grey = grey_values(pack.levels);
  const auto put = [&](std::size_t at, unsigned level) {
    if (level >= static_cast<unsigned>(pack.levels))
      fail(where, ": pixel ", at, " has level ", level, ", expected 0 to ", pack.levels - 1);
    out[at] = grey[level];
  };
  auto stored = unpacked.begin();
  for (std::size_t row = 0; row < images * rows; row += 1) {
    const bool lower = paired && row % rows % 2 == 1;
    if (lower) stored -= pack.shape.width;  // the same bytes again
    const bool alone = paired && !lower && row % rows == rows - 1;
    for (std::size_t x = 0; x < width; ++x) {
      const unsigned byte = std::to_integer<unsigned>(*stored++);
      if (alone && byte > 15)
        fail(where, ": byte ", byte, " where the last row has no row below it, expected at most 15");
      put(row * width + x, !paired ? byte : lower ? byte >> 4 : byte & 15);
    }
  }
}

std::vector<std::uint8_t> read_stored_labels(const PackHeader& pack, std::span<const std::byte> unpacked,
                                             std::string_view file) {
  const std::string where = text(file, ": labels");
  if (!pack.labels) fail(where, ": found none");
  check_unpacked(unpacked, static_cast<std::size_t>(pack.images), pack.labels->sha256, where);
  std::vector<std::uint8_t> labels(unpacked.size());
  std::ranges::transform(unpacked, labels.begin(), [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
  const std::size_t classes = pack.class_names.size();
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (classes > 0 && labels[i] >= classes)
      fail(where, ": label ", i, " is ", labels[i], ", expected 0 to ", classes - 1);
  return labels;
}

void check_pack_pixels(const PackHeader& pack, std::span<const std::uint8_t> pixels, std::string_view file) {
  const std::string found = sha256_hex(std::as_bytes(pixels));
  if (found != pack.pixels_sha256) fail(file, ": SHA-256 of the pixels is ", found, ", expected ", pack.pixels_sha256);
}

}  // namespace loom
