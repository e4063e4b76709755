// Compiled with contraction allowed, as window_kernels.cpp is, for the same reasons.
#include "nn/product_kernel.h"

#include <algorithm>
#include <array>
#include <utility>

#include "nn/vector.h"

namespace loom {
namespace {

// Accumulators of a tile; registers are left for the vectors of a row of b and a number of a.
constexpr int kRows = kRegisters == 32 ? 6 : 4, kVectors = kRegisters == 32 ? 4 : 3;

template <int Rows, int Vectors>
void tile(const LeftFactor& left, const Scalar* b, Index b_step, Index depth, bool add, Scalar* c, Index c_step) {
  Vector sum[Rows][Vectors];  // "= {}" would be a memset in memory, not registers
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < Vectors; ++v) sum[r][v] = Vector{};
  const Scalar* a = left.data;
  for (Index k = 0; k < depth; ++k, a += left.k_step, b += b_step) {
    Vector row[Vectors];
    for (int v = 0; v < Vectors; ++v) row[v] = load(b + v * kLanes);
    for (int r = 0; r < Rows; ++r) {
      const Scalar number = a[r * left.row_step];
      for (int v = 0; v < Vectors; ++v) sum[r][v] += number * row[v];
    }
  }
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < Vectors; ++v) {
      Scalar* to = c + r * c_step + v * kLanes;
      store(to, add ? load(to) + sum[r][v] : sum[r][v]);
    }
}

using Tile = void (*)(const LeftFactor&, const Scalar*, Index, Index, bool, Scalar*, Index);
template <int Vectors, std::size_t... R>
constexpr std::array<Tile, sizeof...(R)> tiles_of(std::index_sequence<R...>) {
  return {&tile<static_cast<int>(R) + 1, Vectors>...};
}
template <std::size_t... V>
constexpr auto all_tiles(std::index_sequence<V...>) {
  return std::array{tiles_of<static_cast<int>(V) + 1>(std::make_index_sequence<static_cast<std::size_t>(kRows)>())...};
}
// kTiles[vectors - 1][rows - 1]
constexpr auto kTiles = all_tiles(std::make_index_sequence<static_cast<std::size_t>(kVectors)>());

}  // namespace

void multiply(const LeftFactor& a, const Scalar* b, Index b_step, Index rows, Index depth, Index columns, bool add,
              Scalar* c, Index c_step) {
  in_pieces(columns / kLanes, kVectors, [&](Index vector, Index vectors) {
    in_pieces(rows, kRows, [&](Index row, Index size) {
      kTiles[static_cast<std::size_t>(vectors - 1)][static_cast<std::size_t>(size - 1)](
          {a.data + row * a.row_step, a.row_step, a.k_step}, b + vector * kLanes, b_step, depth, add,
          c + row * c_step + vector * kLanes, c_step);
    });
  });
}

void multiply(const Scalar* a, Index rows, Index depth, const Scalar* x, Scalar* y) {
  constexpr Index kTogether = 4;  // rows that share the vectors of x
  const Index whole = depth / kLanes * kLanes;
  for (Index first = 0; first < rows; first += kTogether) {
    const Scalar* row[kTogether];
    Vector sum[kTogether];
    for (Index r = 0; r < kTogether; ++r) {
      row[r] = a + std::min(first + r, rows - 1) * depth;  // beyond the end the last one again
      sum[r] = Vector{};
    }
    for (Index k = 0; k < whole; k += kLanes) {
      const Vector numbers = load(x + k);
      for (Index r = 0; r < kTogether; ++r) sum[r] += load(row[r] + k) * numbers;
    }
    for (Index r = 0; r < std::min(kTogether, rows - first); ++r) {
      Scalar total = 0;
      for (Index lane = 0; lane < kLanes; ++lane) total += sum[r][lane];
      for (Index k = whole; k < depth; ++k) total += row[r][k] * x[k];
      y[first + r] = total;
    }
  }
}

void transpose(const Scalar* from, Index from_step, Index rows, Index columns, Scalar* to, Index to_step) {
  const Index whole_rows = rows / kLanes * kLanes, whole_columns = columns / kLanes * kLanes;
  for (Index r = 0; r < whole_rows; r += kLanes)
    for (Index c = 0; c < whole_columns; c += kLanes) {
      Vector square[kLanes];
      for (Index i = 0; i < kLanes; ++i) square[i] = load(from + (r + i) * from_step + c);
      transpose_square(square);
      for (Index i = 0; i < kLanes; ++i) store(to + (c + i) * to_step + r, square[i]);
    }
  const auto by_number = [&](Index first_row, Index last_row, Index first_column) {
    for (Index r = first_row; r < last_row; ++r)
      for (Index c = first_column; c < columns; ++c) to[c * to_step + r] = from[r * from_step + c];
  };
  by_number(0, whole_rows, whole_columns);
  by_number(whole_rows, rows, 0);
}

}  // namespace loom
