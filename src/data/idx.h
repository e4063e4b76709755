// Reads whole IDX files (data/idx_header.h), plain or gzip; the content decides which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/types.h"
#include "data/idx_header.h"

namespace loom {

struct IdxFile {
  Shape shape;                       // (N) or (N, height, width); every dimension at least 1
  std::vector<std::uint8_t> values;  // as many as the product of the shape
  std::string sha256;                // of the whole unpacked file, header included: the identity of the data
};

// `bytes` is the file as stored; `name` (its path) starts every error message. Throws Error if the file is not exactly
// one unsigned-byte array of the wanted kind, has sides above kMaxImageSide, or exceeds the limits of
// data/idx_header.h.
IdxFile parse_idx(std::span<const std::byte> bytes, const std::string& name, IdxKind kind);

// Also throws Error if the file cannot be read.
IdxFile read_idx(const std::filesystem::path& path, IdxKind kind);

}  // namespace loom
