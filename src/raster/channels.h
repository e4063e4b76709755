// Two pixels as eight channels of 16 bits, for loops over spans. Include it only in .cpp files of this folder.
#pragma once

#include <cstdint>
#include <cstring>

#include "core/color.h"

namespace loom {

using Bytes8 = std::uint8_t __attribute__((vector_size(8)));
using Channels = std::uint16_t __attribute__((vector_size(16)));

inline Channels load_pair(const Color* from) {
  Bytes8 bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  return __builtin_convertvector(bytes, Channels);
}
inline void store_pair(Color* to, const Channels& channels) {
  const Bytes8 bytes = __builtin_convertvector(channels, Bytes8);
  std::memcpy(to, &bytes, sizeof bytes);
}

// v / 255, rounded to nearest; exact for v up to 255 * 255.
inline Channels divided_by_255(Channels v) {
  v += 128;
  return (v + (v >> 8)) >> 8;
}

// Copies the alpha of each pixel to all of its channels.
inline Channels alphas(const Channels& pair) { return __builtin_shufflevector(pair, pair, 3, 3, 3, 3, 7, 7, 7, 7); }

inline Channels both(Color color) {
  const Color pair[2]{color, color};
  return load_pair(pair);
}

// Calls pair(i) for every two pixels, and last(i) for the last one if their number is odd.
template <class Pair, class Last>
inline void in_pairs(int count, Pair&& pair, Last&& last) {
  int i = 0;
  for (; i + 1 < count; i += 2) pair(i);
  if (i < count) last(i);
}

}  // namespace loom
