// A data pack is refused with Error, or it can be written and reads the same again. Mutations rarely keep a SHA-256, so
// the bytes are read once more with that of the header and its length corrected, and once as what a block unpacks to.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/error.h"
#include "core/files/sha256.h"
#include "data/pack/pack_block.h"
#include "data/pack/pack_file.h"

namespace {

using Bytes = std::vector<std::byte>;

// What the reader accepts, the writer must accept: an Error in here ends the run.
void round_trip(const loom::Dataset& data) noexcept {
  const auto size = static_cast<std::size_t>(data.shape.size());
  if (data.pixels.size() != data.labels.size() * size || !data.pack) std::abort();
  const loom::Dataset again = loom::read_pack(loom::write_pack(data, {}), "written");
  if (again.pixels != data.pixels || again.labels != data.labels || again.name != data.name) std::abort();
}

void read(const Bytes& bytes) try { round_trip(loom::read_pack(bytes, "fuzz")); } catch (const loom::Error&) {
}

void read_header(const Bytes& bytes) try {
  const loom::PackHeader pack = loom::parse_pack_header(bytes, "fuzz");
  if (pack.file_bytes() > loom::kMaxPackDataBytes + loom::kMaxPackHeaderBytes + loom::kPackPrefixBytes) std::abort();
} catch (const loom::Error&) {
}

// The header ends at the last '}'.
Bytes corrected(Bytes bytes) {
  const auto brace = std::find(bytes.rbegin(), bytes.rend(), std::byte{'}'});
  const auto end = static_cast<std::size_t>(bytes.rend() - brace);
  if (end <= loom::kPackPrefixBytes) return bytes;
  const std::size_t length = end - loom::kPackPrefixBytes;
  for (std::size_t i = 0; i < 4; ++i) bytes[12 + i] = static_cast<std::byte>(length >> 8 * i);
  loom::Sha256 hash;
  hash.update(std::span(bytes).subspan(loom::kPackPrefixBytes, length));
  const auto digest = hash.digest();
  std::ranges::copy(std::as_bytes(std::span(digest)), bytes.begin() + 16);
  return bytes;
}

// The first two bytes choose shape and levels.
void read_block(std::span<const std::byte> bytes) try {
  if (bytes.size() < 3) return;
  const auto number = [&](std::size_t i) { return std::to_integer<int>(bytes[i]); };
  const auto stored = bytes.subspan(2);
  loom::PackHeader pack;
  pack.shape = {1, 1 + number(0) % 8, 1 + number(0) / 8 % 8};
  pack.levels = 2 + number(1) % 255;
  const std::size_t image = loom::stored_image_bytes(pack.shape, pack.levels);
  pack.images = static_cast<loom::Index>(std::max<std::size_t>(stored.size() / image, 1));
  pack.blocks = {{0, 1, pack.images, "", loom::sha256_hex(stored)}};
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(pack.images * pack.shape.size()));
  loom::read_stored_images(pack, 0, stored, "fuzz", pixels);
  const std::vector<std::uint8_t> again = loom::stored_images(pixels, pack.shape, pack.levels);
  if (!std::ranges::equal(std::as_bytes(std::span(again)), stored)) std::abort();
} catch (const loom::Error&) {
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto input = std::as_bytes(std::span(data, size));
  const Bytes bytes(input.begin(), input.end());
  read(bytes);
  read_header(corrected(bytes));
  read(corrected(bytes));
  read_block(input);
  return 0;
}
