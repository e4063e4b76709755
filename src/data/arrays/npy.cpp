#include "data/arrays/npy.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <string_view>

#include "core/bytes.h"
#include "core/error.h"
#include "core/parse.h"
#include "data/idx_header.h"

namespace loom {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMagic = "\x93NUMPY"sv;
constexpr std::size_t kMostDimensions = 8;

// The text after "'key':" in the header, which is a dictionary of Python.
std::string_view value_of(std::string_view header, std::string_view key, const std::string& where) {
  const std::size_t at = header.find(text('\'', key, '\''));
  const std::size_t colon = at == std::string_view::npos ? at : header.find(':', at);
  if (colon == std::string_view::npos) fail(where, ": damaged: no ", key, " in the header of the NumPy array");
  std::string_view value = header.substr(colon + 1);
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  return value;
}

Shape shape_of(std::string_view value, const std::string& where) {
  const std::size_t end = value.find(')');
  if (!value.starts_with('(') || end == std::string_view::npos) fail(where, ": damaged: no shape in its header");
  Shape shape;
  for (std::string_view side : split(value.substr(1, end - 1), ',')) {
    while (side.starts_with(' ')) side.remove_prefix(1);
    if (side.empty()) continue;
    const std::optional<std::int64_t> length = parse_integer<std::int64_t>(side);
    if (!length || *length < 0 || *length > static_cast<std::int64_t>(kMaxIdxBytes) || shape.size() == kMostDimensions)
      fail(where, ": damaged: the shape in its header is ", value.substr(0, end + 1));
    shape.push_back(static_cast<Index>(*length));
  }
  return shape;
}

// The element as a double. Integers of 64 bits beyond 2^53 are rounded, which leaves them far out of range.
double element(const NpyHeader& header, std::span<const std::byte> bytes) {
  std::uint64_t bits = header.big_endian ? big_endian(bytes) : little_endian(bytes);
  if (header.kind == 'f')
    return header.bytes == 4 ? static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)))
                             : std::bit_cast<double>(bits);
  const bool negative = header.kind == 'i' && (bits >> (8 * header.bytes - 1) & 1) != 0;
  return negative ? -1 : static_cast<double>(bits);
}

}  // namespace

std::uint64_t NpyHeader::elements() const {
  std::uint64_t count = 1;
  for (const Index side : shape) {
    if (side > 0 && count > kMaxIdxBytes / static_cast<std::uint64_t>(side)) return kMaxIdxBytes + 1;
    count *= static_cast<std::uint64_t>(side);
  }
  return count;
}

bool is_npy(std::span<const std::byte> begin) {
  return begin.size() >= kMagic.size() && std::memcmp(begin.data(), kMagic.data(), kMagic.size()) == 0;
}

NpyHeader read_npy_header(std::span<const std::byte> begin, const std::string& where) {
  constexpr std::size_t kVersionAt = 6, kLengthAt = 8;
  const auto ends = [&] { fail(where, ": ends inside the header of its NumPy array"); };
  if (!is_npy(begin)) fail(where, ": not a NumPy array");
  if (begin.size() < kLengthAt + 4) ends();
  const int version = std::to_integer<int>(begin[kVersionAt]);
  if (version < 1 || version > 3) fail(where, ": NumPy format version ", version, ", expected 1 to 3");
  const std::size_t length_bytes = version == 1 ? 2 : 4;
  const std::uint64_t length = little_endian(begin.subspan(kLengthAt, length_bytes));
  NpyHeader header;
  header.size = kLengthAt + length_bytes + length;
  if (length > kMaxNpyHeader) fail(where, ": a header of ", length, " bytes, expected at most ", kMaxNpyHeader);
  if (begin.size() < header.size) ends();
  const std::string_view dictionary(reinterpret_cast<const char*>(begin.data()) + kLengthAt + length_bytes, length);
  const std::string_view type = value_of(dictionary, "descr", where);
  if (value_of(dictionary, "fortran_order", where).starts_with("True"))
    fail(where, ": stored in Fortran's order; numpy.ascontiguousarray(array) before saving puts it right");
  const std::size_t end = type.size() > 1 ? type.find('\'', 1) : std::string_view::npos;
  const std::string_view code = end == std::string_view::npos ? "" : type.substr(1, end - 1);  // "<f4"
  const std::optional<int> bytes = code.size() == 3 ? parse_integer<int>(code.substr(2)) : std::nullopt;
  const bool known = bytes && (code[1] == 'f'   ? *bytes == 4 || *bytes == 8
                               : code[1] == 'b' ? *bytes == 1
                                                : (code[1] == 'u' || code[1] == 'i') &&
                                                      (*bytes == 1 || *bytes == 2 || *bytes == 4 || *bytes == 8));
  if (!known)
    fail(where, ": elements of type ", type.substr(0, std::min<std::size_t>(type.size(), 24)),
         ", expected whole numbers such as uint8");
  header.kind = code[1];
  header.big_endian = code[0] == '>';
  header.bytes = static_cast<std::size_t>(*bytes);
  header.shape = shape_of(value_of(dictionary, "shape", where), where);
  return header;
}

std::vector<std::uint8_t> npy_values(const NpyHeader& header, std::span<const std::byte> file,
                                     const std::string& where) {
  const std::uint64_t count = header.elements();
  if (count > kMaxIdxBytes) fail(where, ": more than ", kMaxIdxBytes, " elements");
  if (file.size() != header.size + count * header.bytes)
    fail(where, ": ", count, " elements need ", count * header.bytes, " bytes, the file holds ",
         file.size() - std::min(file.size(), header.size));
  const std::span<const std::byte> data = file.subspan(header.size);
  std::vector<std::uint8_t> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double value = element(header, data.subspan(i * header.bytes, header.bytes));
    if (!(value >= 0 && value <= 255) || value != std::floor(value))
      fail(where, ": element ", i, " is ", value,
           ", expected whole numbers of 0 to 255; for values of 0 to 1, (255 * array).round().astype('uint8') before "
           "saving");
    values[i] = static_cast<std::uint8_t>(value);
  }
  return values;
}

}  // namespace loom
