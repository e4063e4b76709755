#include "data/idx/idx_labels.h"

#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/error.h"
#include "core/files/file.h"
#include "data/gzip.h"

namespace loom {
namespace {

constexpr std::uint64_t kMaxLabelFile = std::uint64_t{1} << 30;  // QMNIST's largest has 13 MB
constexpr std::uint64_t kMaxColumns = 64;

// Bytes per number of an element type, 0 for types that are no whole numbers.
std::size_t element_bytes(std::byte type) {
  switch (std::to_integer<int>(type)) {
    case 0x08:
    case 0x09: return 1;
    case 0x0b: return 2;
    case 0x0c: return 4;
    default: return 0;
  }
}

std::vector<std::byte> unpacked(std::vector<std::byte> bytes, const std::string& name) {
  if (!is_gzip(bytes)) return bytes;
  GzipReader reader(bytes, name);
  std::vector<std::byte> out, portion(1 << 16);
  for (std::size_t count = portion.size(); count == portion.size();) {
    count = reader.read(portion);
    out.insert(out.end(), portion.begin(), portion.begin() + static_cast<std::ptrdiff_t>(count));
    if (out.size() > kMaxLabelFile) fail(name, ": labels of more than ", kMaxLabelFile, " bytes");
  }
  return out;
}

}  // namespace

bool starts_as_idx_labels(std::span<const std::byte> bytes) {
  if (bytes.size() < 4 || bytes[0] != std::byte{0} || bytes[1] != std::byte{0}) return false;
  const int dimensions = std::to_integer<int>(bytes[3]);
  return element_bytes(bytes[2]) > 0 && (dimensions == 1 || dimensions == 2);
}

IdxFile read_idx_labels(const std::filesystem::path& path) {
  const std::string name = path.string();
  const std::vector<std::byte> stored = read_file(name, kMaxLabelFile);
  std::vector<std::byte> bytes;
  if (stored.size() >= 4) bytes = unpacked(stored, name);
  const bool plain = starts_as_idx(bytes, IdxKind::labels);
  if (plain || !starts_as_idx_labels(bytes)) return parse_idx(stored, name, IdxKind::labels);

  const std::span<const std::byte> all = bytes;
  const std::size_t dimensions = std::to_integer<std::size_t>(bytes[3]), size = element_bytes(bytes[2]);
  const std::size_t header = 4 + 4 * dimensions;
  if (all.size() < header) fail(name, ": ends inside the IDX header, after ", all.size(), " of ", header, " bytes");
  const std::uint64_t rows = big_endian(all.subspan(4, 4)),
                      columns = dimensions == 2 ? big_endian(all.subspan(8, 4)) : 1;
  if (rows < 1 || rows > kMaxIdxItems || columns < 1 || columns > kMaxColumns)
    fail(name, ": holds ", rows, " rows of ", columns, " labels, expected 1 to ", kMaxIdxItems, " of 1 to ",
         kMaxColumns);
  if (all.size() != header + rows * columns * size)
    fail(name, ": labels (", rows, ", ", columns, ") of ", size, " bytes need ", rows * columns * size,
         " bytes, the file holds ", all.size() - header);
  std::vector<std::byte> file{std::byte{0}, std::byte{0}, std::byte{8}, std::byte{1}};
  file.insert(file.end(), all.begin() + 4, all.begin() + 8);
  for (std::uint64_t row = 0; row < rows; ++row) {
    const std::uint64_t label = big_endian(all.subspan(header + row * columns * size, size));
    if (label > 255) fail(name, ": label ", row, " is beyond 0 to 255");
    file.push_back(static_cast<std::byte>(label));
  }
  return parse_idx(file, name, IdxKind::labels);
}

}  // namespace loom
