#include "data/idx_header.h"

#include "core/bytes.h"
#include "core/error.h"
#include "core/image.h"

namespace loom {
namespace {

constexpr std::byte kUnsignedByte{0x08};  // the only element type of the published data sets

std::string hex_text(std::span<const std::byte> bytes) {
  std::string out;
  for (const std::byte byte : bytes) {
    if (!out.empty()) out += ' ';
    append_hex(out, std::to_integer<std::uint8_t>(byte));
  }
  return out;
}

const char* element_words(std::byte type) {
  switch (std::to_integer<int>(type)) {
    case 0x09: return " (signed byte)";
    case 0x0b: return " (16-bit integer)";
    case 0x0c: return " (32-bit integer)";
    case 0x0d: return " (32-bit floating point)";
    case 0x0e: return " (64-bit floating point)";
    default: return "";
  }
}

// Whether a size that is out of bounds would be in bounds with its bytes in the other order.
bool is_reversed(std::uint64_t value, std::uint64_t limit) {
  const std::uint64_t other = (value & 0xff) << 24 | (value & 0xff00) << 8 | (value >> 8 & 0xff00) | value >> 24;
  return other >= 1 && other <= limit;
}

void check_magic(std::span<const std::byte> magic, const std::string& name, IdxKind kind) {
  if (magic[0] != std::byte{0} || magic[1] != std::byte{0}) {
    const bool page = magic[0] == std::byte{'<'} || magic[0] == std::byte{'{'};
    fail(name, ": not an IDX file: starts with ", hex_text(magic), ", expected 00 00 08 0", static_cast<int>(kind),
         page ? " (it looks like a web page: has the download failed?)" : "");
  }
  if (magic[2] != kUnsignedByte)
    fail(name, ": IDX element type is 0x", hex_text(magic.subspan(2, 1)), element_words(magic[2]), ", ",
         std::to_integer<int>(magic[3]), " dimensions; expected 0x08 (unsigned byte) and ", static_cast<int>(kind),
         " dimensions for ", kind_text(kind),
         kind == IdxKind::images ? "; array.astype('uint8') in NumPy converts them" : "");
  const auto dimensions = std::to_integer<int>(magic[3]);
  if (dimensions == static_cast<int>(kind)) return;
  for (const IdxKind other : {IdxKind::labels, IdxKind::images})
    if (dimensions == static_cast<int>(other))
      fail(name, ": holds ", kind_text(other), " where ", kind_text(kind), " are expected: are two files swapped?");
  fail(name, ": IDX array has ", dimensions, " dimensions, expected ", static_cast<int>(kind), " for ",
       kind_text(kind));
}

}  // namespace

const char* kind_text(IdxKind kind) { return kind == IdxKind::images ? "images" : "labels"; }

bool starts_as_idx(std::span<const std::byte> bytes, IdxKind kind) {
  return bytes.size() >= 4 && big_endian(bytes.first(4)) == (0x0800u | static_cast<unsigned>(kind));
}

// Each dimension is checked before they are multiplied, so the product fits into 64 bits.
Shape read_idx_header(std::span<const std::byte> bytes, const std::string& name, IdxKind kind) {
  constexpr const char* kNames[] = {"number of items", "image height", "image width"};
  const std::size_t size = idx_header_size(kind);
  if (bytes.size() >= 4) check_magic(bytes.first(4), name, kind);
  if (bytes.size() < size) fail(name, ": ends inside the IDX header, after ", bytes.size(), " of ", size, " bytes");
  Shape shape;
  std::uint64_t count = 1;
  for (std::size_t i = 0; i < static_cast<std::size_t>(kind); ++i) {
    const std::uint64_t value = big_endian(bytes.subspan(4 + 4 * i, 4));
    const std::uint64_t limit = i == 0 ? kMaxIdxItems : std::uint64_t{kMaxImageSide};
    if (value < 1 || value > limit)
      fail(name, ": ", kNames[i], " is ", value, ", expected 1 to ", limit,
           is_reversed(value, limit) ? "; is the file little-endian?" : "");
    shape.push_back(static_cast<Index>(value));
    count *= value;
  }
  if (count > kMaxIdxBytes)
    fail(name, ": ", kind_text(kind), " ", shape_text(shape), " take ", count, " bytes, at most ", kMaxIdxBytes);
  return shape;
}

std::size_t idx_value_count(const Shape& shape) {
  std::size_t count = 1;
  for (const Index dimension : shape) count *= static_cast<std::size_t>(dimension);
  return count;
}

}  // namespace loom
