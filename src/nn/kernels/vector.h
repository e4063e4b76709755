// The widest vector register of the target, for the few kernels that use it explicitly. Include it in .cpp files only.
//
// nn/portable/kernels.cpp compiles the kernels a second time, with vectors of 16 bytes whatever the target.
// LOOM_KERNELS is the namespace of the kernels of this compilation; WebAssembly has only the portable ones.
#pragma once

#include <cstring>
#include <utility>

#include "core/types.h"

#if defined(LOOM_SECOND_TIME) || defined(__wasm__)
#define LOOM_KERNELS portable
#define LOOM_VECTORS portable_vectors
#else
#define LOOM_KERNELS fast
#define LOOM_VECTORS fast_vectors
#endif

namespace loom {
// A namespace of its own for each of the two, because the linker keeps only one of several inline functions of one
// name.
inline namespace LOOM_VECTORS {

#if defined(LOOM_SECOND_TIME)
inline constexpr Index kVectorBytes = 16, kRegisters = 16;
#elif defined(__AVX512F__)
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

// Swaps the lanes of `a` whose number has the bit Block with the lanes of `b` whose number does not.
template <std::size_t Block, std::size_t... Lane>
inline void exchange(Vector& a, Vector& b, std::index_sequence<Lane...>) {
  const Vector first = __builtin_shufflevector(a, b, (Lane & Block ? kLanes + Lane - Block : Lane)...);
  b = __builtin_shufflevector(a, b, (Lane & Block ? kLanes + Lane : Lane + Block)...);
  a = first;
}

// Transposes a square in registers: lane j of vector i becomes lane i of vector j, by exchanging blocks of 1, 2, 4 ...
// lanes (Eklundh 1972).
template <std::size_t Block = 1>
inline void transpose_square(Vector (&square)[kLanes]) {
  constexpr auto kAll = std::make_index_sequence<static_cast<std::size_t>(kLanes)>();
  if constexpr (Block < kLanes) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((I & Block ? void() : exchange<Block>(square[I], square[I + (I & Block ? 0 : Block)], kAll)), ...);
    }(kAll);
    transpose_square<2 * Block>(square);
  }
}

// Divides 0 .. count-1 into pieces of nearly equal size, at most `most`, and calls part(first, size) for each.
template <class Part>
void in_pieces(Index count, Index most, Part&& part) {
  const Index pieces = (count + most - 1) / most;
  for (Index p = 0; p < pieces; ++p) {
    const Index first = count * p / pieces;
    part(first, count * (p + 1) / pieces - first);
  }
}

}  // namespace LOOM_VECTORS
}  // namespace loom
