// Reads NumPy's .npy files, one array each (format versions 1 to 3:
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/types.h"

namespace loom {

inline constexpr std::size_t kMaxNpyHeader = 1 << 16;  // bytes; NumPy itself refuses more than 10,000

struct NpyHeader {
  char kind = 'u';        // 'u' and 'i' for integers, 'f' for floating point, 'b' for truth values
  std::size_t bytes = 1;  // of an element
  bool big_endian = false;
  Shape shape;
  std::size_t size = 0;  // of the header, in bytes
  std::uint64_t elements() const;
};

bool is_npy(std::span<const std::byte> begin);

// Reads the header from the first bytes of a file. Throws Error for damaged headers, arrays in Fortran's order, and
// elements that are no numbers.
NpyHeader read_npy_header(std::span<const std::byte> begin, const std::string& where);

// The elements of a whole file as bytes. Throws Error unless the file holds exactly the elements, all whole numbers of
// 0 to 255.
std::vector<std::uint8_t> npy_values(const NpyHeader& header, std::span<const std::byte> file,
                                     const std::string& where);

}  // namespace loom
