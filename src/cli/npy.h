// Writes NumPy array files, format version 1.0 (numpy.lib.format).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/types.h"

namespace loom {

// '<f4', C order, shape (rows, columns).
std::vector<std::byte> npy_of(const Matrix& values);
// '|u1', shape (N,).
std::vector<std::byte> npy_of(std::span<const std::uint8_t> values);

}  // namespace loom
