// Data packs made and damaged in memory, for the tests of packs. Needs no zlib, so that wasm runs these tests too.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/files/sha256.h"
#include "data/pack/pack_block.h"
#include "data/pack/pack_header.h"

namespace loom::test {

inline std::span<const std::byte> as_bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

inline std::string sha256_of(std::string_view text) { return sha256_hex(as_bytes(text)); }

// The header of a pack of five images of 3x2 with labels, in blocks of two and three, of a data set of seven. The
// streams are not there: their bytes are 'a', 'b' and 'c'.
inline PackHeader small_pack_header(int levels = kGreyLevels) {
  PackHeader pack;
  pack.origin = {"custom", "Shapes", "CC0", "me", 7, std::string(64, '1'), std::string(64, '2')};
  pack.shape = {1, 3, 2};
  pack.images = 5;
  pack.levels = levels;
  pack.class_names = {"low", "high"};
  pack.pixels_sha256 = std::string(64, '3');
  pack.labels = PackBlock{0, 10, 5, sha256_of("aaaaaaaaaa"), std::string(64, '4')};
  pack.blocks = {{10, 20, 2, std::string(64, '5'), std::string(64, '6')},
                 {30, 25, 3, std::string(64, '7'), std::string(64, '8')}};
  return pack;
}

// A pack with another header text, whose length and SHA-256 are correct.
inline std::string with_header(std::string_view header) {
  std::string out(kPackMagic);
  for (const std::size_t number : {std::size_t{kPackVersion}, header.size()})
    for (int i = 0; i < 4; ++i) out += static_cast<char>(number >> 8 * i);
  Sha256 hash;
  hash.update(as_bytes(header));
  for (const std::uint8_t byte : hash.digest()) out += static_cast<char>(byte);
  return out + std::string(header);
}

// The text with one part replaced, which must occur exactly once.
inline std::string with_replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos || text.find(from, at + 1) != std::string::npos)
    fail("test: '", from, "' is not there once");
  return text.replace(at, from.size(), to);
}

}  // namespace loom::test
