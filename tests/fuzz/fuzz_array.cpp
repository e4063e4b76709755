// NumPy arrays, zip archives of them and CSV tables are refused with Error, or what is read has the stated size.
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "core/error.h"
#include "data/arrays/csv.h"
#include "data/arrays/npy.h"
#include "data/arrays/zip_file.h"

namespace {

void read_npy(std::span<const std::byte> bytes) {
  const loom::NpyHeader header = loom::read_npy_header(bytes, "fuzz");
  if (loom::npy_values(header, bytes, "fuzz").size() != header.elements()) std::abort();
}

void read_zip(std::span<const std::byte> bytes) {
  constexpr std::uint64_t kMost = 1 << 16;
  for (const loom::ZipEntry& entry : loom::zip_entries(bytes, "fuzz")) {
    const std::vector<std::byte> file = loom::unzip(bytes, entry, kMost, "fuzz");
    if (file.size() > kMost || file.size() > entry.size) std::abort();
    if (loom::is_npy(file)) read_npy(file);
  }
}

void read_csv(std::span<const std::byte> bytes) {
  const loom::CsvImages images =
      loom::parse_csv_images({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "fuzz");
  const auto size = static_cast<std::size_t>(images.side * images.side);
  if (size == 0 || images.pixels.size() % size != 0) std::abort();
  if (!images.labels.empty() && images.labels.size() != images.pixels.size() / size) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(data), size);
  try {
    if (loom::is_npy(bytes))
      read_npy(bytes);
    else if (loom::is_zip(bytes))
      read_zip(bytes);
    else
      read_csv(bytes);
  } catch (const loom::Error&) {
  }
  return 0;
}
