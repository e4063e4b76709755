// IDX files, the format of MNIST (LeCun, Cortes & Burges 1998): big-endian header, then unsigned bytes in C order.
// Plain or gzip, told apart by content. Nothing is trusted: all sizes are checked before memory is taken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/types.h"

namespace loom {

// The value is the number of dimensions in the file: labels (N), images (N, height, width).
enum class IdxKind { labels = 1, images = 3 };

const char* kind_text(IdxKind kind);  // "labels" or "images"

// Limits on what is accepted. The number of images keeps N x size far from overflow even where size_t has 32 bits.
inline constexpr std::uint64_t kMaxIdxItems = std::uint64_t{1} << 24;
inline constexpr std::uint64_t kMaxIdxBytes = std::uint64_t{512} << 20;

struct IdxFile {
  Shape shape;                       // (N) or (N, height, width); every dimension at least 1
  std::vector<std::uint8_t> values;  // as many as the product of the shape
  std::string sha256;                // of the whole unpacked file, header included: the identity of the data
};

// `bytes` is the file as stored, `name` (its path) starts every error message. Throws Error if it is not exactly one
// unsigned-byte array of the wanted kind, has sides above kMaxImageSide, or exceeds the limits above.
IdxFile parse_idx(std::span<const std::byte> bytes, const std::string& name, IdxKind kind);

// Also throws Error if the file cannot be read.
IdxFile read_idx(const std::filesystem::path& path, IdxKind kind);

}  // namespace loom
