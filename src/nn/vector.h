// The widest vector register of the target, for the few kernels that name it. Only for .cpp files.
#pragma once

#include <cstring>

#include "core/types.h"

namespace loom {

#if defined(__AVX512F__)
inline constexpr Index kVectorBytes = 64, kRegisters = 32;
#elif defined(__AVX__)
inline constexpr Index kVectorBytes = 32, kRegisters = 16;
#else
inline constexpr Index kVectorBytes = 16, kRegisters = 16;
#endif
inline constexpr Index kLanes = kVectorBytes / static_cast<Index>(sizeof(Scalar));
using Vector = Scalar __attribute__((vector_size(kVectorBytes)));

inline Vector load(const Scalar* from) {
  Vector v;
  std::memcpy(&v, from, sizeof v);
  return v;
}
inline void store(Scalar* to, const Vector& v) { std::memcpy(to, &v, sizeof v); }

// Calls part(first, size) for pieces of 0 .. count-1 that are as equal as possible and at most `most` long.
template <class Part>
void in_pieces(Index count, Index most, Part&& part) {
  const Index pieces = (count + most - 1) / most;
  for (Index p = 0; p < pieces; ++p) {
    const Index first = count * p / pieces;
    part(first, count * (p + 1) / pieces - first);
  }
}

}  // namespace loom
