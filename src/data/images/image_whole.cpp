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
  constexpr unsigned kStartOfScan = 0xda, kEnd = 0xd9;
  const auto byte = [&](std::size_t at) { return std::to_integer<unsigned>(bytes[at]); };
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {  // segment by segment, because thumbnails have end markers too
    if (byte(at) != 0xff) fail(name, ": damaged: no JPEG marker at byte ", at);
    if (byte(at + 1) == 0xff) {  // fill byte
      ++at;
      continue;
    }
    const bool scan = byte(at + 1) == kStartOfScan;
    at += 2 + static_cast<std::size_t>(big_endian(bytes.subspan(at + 2, 2)));
    if (scan) break;
  }
  for (; at + 2 <= bytes.size(); ++at)
    if (byte(at) == 0xff && byte(at + 1) == kEnd) return;
  fail(name, ": has no JPEG end marker in its ", bytes.size(), " bytes: is the file cut off?");
}

}  // namespace loom
