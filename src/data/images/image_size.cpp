#include "data/images/image_size.h"

#include "core/bytes.h"
#include "data/images/image_whole.h"

namespace loom {
namespace {

std::optional<StatedSize> png_size(std::span<const std::byte> bytes) {
  constexpr std::size_t kWidthAt = 16, kHeightAt = 20;  // in IHDR, which comes first
  if (bytes.size() < kHeightAt + 4) return std::nullopt;
  const auto number = [&](std::size_t at) { return static_cast<std::int64_t>(big_endian(bytes.subspan(at, 4))); };
  return StatedSize{number(kHeightAt), number(kWidthAt)};
}

// Walks over the segments up to the frame header, which is one of C0 to CF but for three that are tables.
std::optional<StatedSize> jpeg_size(std::span<const std::byte> bytes) {
  const auto byte = [&](std::size_t at) { return std::to_integer<std::size_t>(bytes[at]); };
  for (std::size_t at = 2; at + 9 <= bytes.size() && byte(at) == 0xff;) {
    const std::size_t marker = byte(at + 1);
    if (marker == 0xff) {  // padding
      ++at;
      continue;
    }
    const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    const auto two_bytes = [&](std::size_t from) {
      return static_cast<std::int64_t>(byte(from) << 8 | byte(from + 1));
    };
    if (frame) return StatedSize{two_bytes(at + 5), two_bytes(at + 7)};
    at += 2 + static_cast<std::size_t>(two_bytes(at + 2));
  }
  return std::nullopt;
}

}  // namespace

std::optional<StatedSize> stated_size(std::span<const std::byte> bytes) {
  if (is_png(bytes)) return png_size(bytes);
  return is_jpeg(bytes) ? jpeg_size(bytes) : std::nullopt;
}

}  // namespace loom
