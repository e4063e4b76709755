// Reads the header of an IDX file, the format of MNIST (LeCun, Cortes & Burges 1998): two zero bytes, the element type,
// the number of dimensions, then each dimension in four bytes, big-endian. The values follow in C order. The file is
// not trusted: all sizes are checked before memory is allocated. Needs neither files nor zlib, so the page can use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/types.h"

namespace loom {

// The enumerator's value is the number of dimensions in the file: labels (N), images (N, height, width).
enum class IdxKind { labels = 1, images = 3 };

const char* kind_text(IdxKind kind);  // "labels" or "images"

// Limits on what is accepted: items, and bytes of values. They keep the products of sizes far from overflow even where
// size_t has 32 bits.
inline constexpr std::uint64_t kMaxIdxItems = std::uint64_t{1} << 24;
inline constexpr std::uint64_t kMaxIdxBytes = std::uint64_t{512} << 20;

constexpr std::size_t idx_header_size(IdxKind kind) { return 4 + 4 * static_cast<std::size_t>(kind); }

// Whether `bytes` start like an IDX file of unsigned bytes of this kind.
bool starts_as_idx(std::span<const std::byte> bytes, IdxKind kind);

// The shape of the array: (N) or (N, height, width), every dimension at least 1. `bytes` starts with the header and may
// be longer; `name` (a path) starts every error message. Throws Error for anything but unsigned bytes of the wanted
// kind, for sides above kMaxImageSide and for sizes beyond the limits above.
Shape read_idx_header(std::span<const std::byte> bytes, const std::string& name, IdxKind kind);

// Product of the shape: how many values follow the header.
std::size_t idx_value_count(const Shape& shape);

}  // namespace loom
