#include "cli/npy.h"

#include <bit>
#include <cstring>
#include <string>
#include <string_view>

#include "core/text.h"

namespace loom {
namespace {

static_assert(std::endian::native == std::endian::little);  // values are copied from memory as they are

// The magic string, the version, the length of the rest of the header in two bytes, then a Python dictionary that is
// padded with spaces and ends in a newline, so that the data begin at a multiple of 64 bytes.
std::vector<std::byte> npy(std::string_view type, std::string_view shape, std::span<const std::byte> data) {
  std::string head = text("{'descr': '", type, "', 'fortran_order': False, 'shape': ", shape, ", }");
  constexpr std::size_t kPreamble = 10, kAlignment = 64;
  while ((kPreamble + head.size() + 1) % kAlignment != 0) head += ' ';
  head += '\n';
  std::string file = "\x93NUMPY";
  file += '\x01';
  file += '\0';
  file += static_cast<char>(head.size() & 0xff);
  file += static_cast<char>(head.size() >> 8);
  file += head;
  std::vector<std::byte> out(file.size() + data.size());
  std::memcpy(out.data(), file.data(), file.size());
  if (!data.empty()) std::memcpy(out.data() + file.size(), data.data(), data.size());
  return out;
}

}  // namespace

std::vector<std::byte> npy_of(const Matrix& values) {
  static_assert(sizeof(Scalar) == 4);
  const std::span<const Scalar> numbers(values.data(), static_cast<std::size_t>(values.size()));
  return npy("<f4", text('(', values.rows(), ", ", values.cols(), ')'), std::as_bytes(numbers));
}

std::vector<std::byte> npy_of(std::span<const std::uint8_t> values) {
  return npy("|u1", text('(', values.size(), ",)"), std::as_bytes(values));
}

}  // namespace loom
