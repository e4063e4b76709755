// Reads zip archives (APPNOTE 6.3) without encryption and below 4 GiB: NumPy's .npz files are such.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace loom {

struct ZipEntry {
  std::string name;
  std::uint64_t size = 0;    // unpacked, as the directory states
  std::uint64_t packed = 0;  // bytes in the file
  std::uint64_t at = 0;      // of its local header
  std::uint32_t crc = 0;
  int method = 0;  // 0: stored, 8: deflate
};

bool is_zip(std::span<const std::byte> begin);

// The files in the archive, in the order of its directory. Throws Error for a damaged archive.
std::vector<ZipEntry> zip_entries(std::span<const std::byte> file, const std::string& where);

// The first `most` unpacked bytes of a file, or all, whose checksum is then verified. Throws Error for damaged data and
// methods other than deflate.
std::vector<std::byte> unzip(std::span<const std::byte> file, const ZipEntry& entry, std::uint64_t most,
                             const std::string& where);

}  // namespace loom
