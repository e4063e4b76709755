// Compiled with floating-point contraction allowed, for the reasons given in window_kernels.cpp.
#include "nn/kernels/gemm.h"

#include <algorithm>
#include <array>
#include <utility>

#include "nn/kernels/vector.h"

namespace loom {
namespace LOOM_KERNELS {
namespace {

// Size of a tile of c, whose sums stay in registers. Some registers are left for the vectors of a row of b and for one
// number of a.
constexpr int kRows = kRegisters == 32 ? 6 : 4, kVectors = kRegisters == 32 ? 4 : 3;

// Computes the tile of Rows rows and Vectors vectors at the top left corner of c.
template <int Rows, int Vectors>
void tile(const Gemm& g) {
  Vector sum[Rows][Vectors];  // "= {}" would be a memset in memory, not registers
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < Vectors; ++v) sum[r][v] = Vector{};
  const Scalar *a = g.a, *b = g.b;
  for (Index l = 0; l < g.k; ++l, a += g.a_column, b += g.ldb) {
    Vector row[Vectors];
    for (int v = 0; v < Vectors; ++v) row[v] = load(b + v * kLanes);
    for (int r = 0; r < Rows; ++r) {
      const Scalar number = a[r * g.a_row];
      for (int v = 0; v < Vectors; ++v) sum[r][v] += number * row[v];
    }
  }
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < Vectors; ++v) {
      Scalar* to = g.c + r * g.ldc + v * kLanes;
      store(to, g.accumulate ? load(to) + sum[r][v] : sum[r][v]);
    }
}

// tile() for every size up to kRows x kVectors, because tiles at the edges are smaller: kTiles[vectors - 1][rows - 1].
using Tile = void (*)(const Gemm&);
template <int Vectors, std::size_t... R>
constexpr std::array<Tile, sizeof...(R)> tiles_of(std::index_sequence<R...>) {
  return {&tile<static_cast<int>(R) + 1, Vectors>...};
}
template <std::size_t... V>
constexpr auto all_tiles(std::index_sequence<V...>) {
  return std::array{tiles_of<static_cast<int>(V) + 1>(std::make_index_sequence<static_cast<std::size_t>(kRows)>())...};
}
constexpr auto kTiles = all_tiles(std::make_index_sequence<static_cast<std::size_t>(kVectors)>());

// The part of a product whose c begins at (row, column).
Gemm part(Gemm g, Index row, Index column) {
  g.a += row * g.a_row;
  g.b += column;
  g.c += row * g.ldc + column;
  return g;
}

void naive(const Gemm& g) {
  for (Index i = 0; i < g.m; ++i)
    for (Index j = 0; j < g.n; ++j) {
      Scalar sum = 0;
      for (Index l = 0; l < g.k; ++l) sum += g.a[i * g.a_row + l * g.a_column] * g.b[l * g.ldb + j];
      Scalar& c = g.c[i * g.ldc + j];
      c = g.accumulate ? c + sum : sum;
    }
}

}  // namespace

void gemm(const Gemm& g) {
  in_pieces(g.n / kLanes, kVectors, [&](Index vector, Index vectors) {
    in_pieces(g.m, kRows, [&](Index row, Index rows) {
      kTiles[static_cast<std::size_t>(vectors - 1)][static_cast<std::size_t>(rows - 1)](part(g, row, vector * kLanes));
    });
  });
  const Index whole = g.n / kLanes * kLanes;
  if (whole == g.n) return;
  Gemm rest = part(g, 0, whole);
  rest.n = g.n - whole;
  naive(rest);
}

void gemv(Index m, Index k, const Scalar* a, const Scalar* x, Scalar* y) {
  constexpr Index kTogether = 4;  // rows that share the vectors of x
  const Index whole = k / kLanes * kLanes;
  for (Index first = 0; first < m; first += kTogether) {
    const Scalar* row[kTogether];
    Vector sum[kTogether];
    for (Index r = 0; r < kTogether; ++r) {
      row[r] = a + std::min(first + r, m - 1) * k;  // past the end, the last row again
      sum[r] = Vector{};
    }
    for (Index l = 0; l < whole; l += kLanes) {
      const Vector numbers = load(x + l);
      for (Index r = 0; r < kTogether; ++r) sum[r] += load(row[r] + l) * numbers;
    }
    for (Index r = 0; r < std::min(kTogether, m - first); ++r) {
      Scalar total = 0;
      for (Index lane = 0; lane < kLanes; ++lane) total += sum[r][lane];
      for (Index l = whole; l < k; ++l) total += row[r][l] * x[l];
      y[first + r] = total;
    }
  }
}

#ifndef LOOM_SECOND_TIME
}  // namespace LOOM_KERNELS

void gemm_naive(const Gemm& g) { LOOM_KERNELS::naive(g); }

void transpose(Index m, Index n, const Scalar* from, Index ld_from, Scalar* to, Index ld_to) {
  const Index whole_rows = m / kLanes * kLanes, whole_columns = n / kLanes * kLanes;
  for (Index r = 0; r < whole_rows; r += kLanes)
    for (Index c = 0; c < whole_columns; c += kLanes) {
      Vector square[kLanes];
      for (Index i = 0; i < kLanes; ++i) square[i] = load(from + (r + i) * ld_from + c);
      transpose_square(square);
      for (Index i = 0; i < kLanes; ++i) store(to + (c + i) * ld_to + r, square[i]);
    }
  const auto by_number = [&](Index first_row, Index last_row, Index first_column) {
    for (Index r = first_row; r < last_row; ++r)
      for (Index c = first_column; c < n; ++c) to[c * ld_to + r] = from[r * ld_from + c];
  };
  by_number(0, whole_rows, whole_columns);
  by_number(whole_rows, m, 0);
}

#else
}  // namespace LOOM_KERNELS
#endif

}  // namespace loom
