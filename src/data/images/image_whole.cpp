#include "data/images/image_whole.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/bytes.h"
#include "core/error.h"

namespace loom {
namespace {

constexpr std::array<std::uint8_t, 8> kPngStart{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
constexpr std::array<std::uint8_t, 3> kJpegStart{0xff, 0xd8, 0xff};

template <std::size_t Size>
bool starts_with(std::span<const std::byte> bytes, const std::array<std::uint8_t, Size>& start) {
  return bytes.size() >= Size && std::equal(start.begin(), start.end(), bytes.begin(), [](std::uint8_t a, std::byte b) {
           return a == std::to_integer<std::uint8_t>(b);
         });
}

// The tables of a segment that begins with its length at `at`. Each has 16 counts of codes. The decoder
// (stb_image 2.28) writes beyond its table if there are more than 256 codes in all; it reads the counts even past the
// segment's end.
void check_huffman_tables(std::span<const std::byte> bytes, std::size_t at, const std::string& name) {
  constexpr std::size_t kCounts = 16, kMostCodes = 256;
  auto left = static_cast<std::int64_t>(big_endian(bytes.subspan(at, 2))) - 2;
  for (at += 2; left > 0;) {
    if (at + 1 + kCounts > bytes.size()) fail(name, ": ends inside a JPEG Huffman table: is the file cut off?");
    std::size_t codes = 0;
    for (std::size_t i = 1; i <= kCounts; ++i) codes += std::to_integer<std::size_t>(bytes[at + i]);
    if (codes > kMostCodes)
      fail(name, ": damaged: a JPEG Huffman table of ", codes, " codes, expected at most ", kMostCodes);
    at += 1 + kCounts + codes;
    left -= static_cast<std::int64_t>(1 + kCounts + codes);
  }
}

}  // namespace

bool is_png(std::span<const std::byte> bytes) { return starts_with(bytes, kPngStart); }
bool is_jpeg(std::span<const std::byte> bytes) { return starts_with(bytes, kJpegStart); }

void require_whole_png(std::span<const std::byte> bytes, const std::string& name) {
  constexpr std::size_t kAround = 12;  // bytes around the content of a chunk: length, type and checksum
  for (std::size_t at = kPngStart.size(); at + kAround <= bytes.size();) {
    const auto size = static_cast<std::size_t>(big_endian(bytes.subspan(at, 4)));
    if (size > bytes.size() - at - kAround) break;
    const std::span<const std::byte> checked = bytes.subspan(at + 4, 4 + size);
    const auto* data = reinterpret_cast<const Bytef*>(checked.data());
    if (crc32(crc32(0, nullptr, 0), data, static_cast<uInt>(checked.size())) !=
        big_endian(bytes.subspan(at + 8 + size, 4)))
      fail(name, ": damaged: wrong checksum in the PNG chunk at byte ", at);
    if (big_endian(checked.first(4)) == 0x49454e44) return;  // IEND; decoders ignore what follows
    at += kAround + size;
  }
  fail(name, ": ends inside a PNG chunk, after ", bytes.size(), " bytes: is the file cut off?");
}

void require_whole_jpeg(std::span<const std::byte> bytes, const std::string& name) {
  constexpr unsigned kHuffmanTables = 0xc4, kFirstRestart = 0xd0, kLastRestart = 0xd7, kEnd = 0xd9, kStartOfScan = 0xda;
  const auto byte = [&](std::size_t at) { return std::to_integer<unsigned>(bytes[at]); };
  bool in_scan = false;  // or behind one: bytes that are no markers are its data
  for (std::size_t at = 2; at + 2 <= bytes.size();) {  // segment by segment, because thumbnails have end markers too
    const unsigned marker = byte(at + 1);
    if (byte(at) != 0xff && !in_scan) fail(name, ": damaged: no JPEG marker at byte ", at);
    if (byte(at) != 0xff || marker == 0xff) {  // data, or a fill byte
      ++at;
    } else if (in_scan && (marker == 0 || (marker >= kFirstRestart && marker <= kLastRestart))) {
      at += 2;
    } else if (marker == kEnd) {
      return;
    } else {
      if (at + 4 > bytes.size()) break;
      if (marker == kHuffmanTables) check_huffman_tables(bytes, at + 2, name);
      in_scan = in_scan || marker == kStartOfScan;
      at += 2 + static_cast<std::size_t>(big_endian(bytes.subspan(at + 2, 2)));
    }
  }
  fail(name, ": has no JPEG end marker in its ", bytes.size(), " bytes: is the file cut off?");
}

}  // namespace loom
