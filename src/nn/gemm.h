// Matrix products of the dense layers, in the names of BLAS: gemm for matrices, gemv for a matrix and a vector. Eigen's
// product is as fast by itself, but it first copies ("packs") both factors into an order of its own, which does not
// amortise below about 64 rows; these read the factors where they lie.
#pragma once

#include "core/types.h"

namespace loom {

// c(i, j) = sum_l a(i, l) b(l, j), or c(i, j) += that if `accumulate`, for i < m, j < n, l < k.
struct Gemm {
  Index m, n, k;
  const Scalar* a;  // a(i, l) lies at a[i * a_row + l * a_column]; a transposed factor has a_row 1
  Index a_row, a_column;
  const Scalar* b;  // (k, n), row-major, ldb numbers from row to row
  Index ldb;
  Scalar* c;  // (m, n), row-major, ldc numbers from row to row
  Index ldc;
  bool accumulate = false;
};

// Each sum is taken in the order of l. Fast for the columns that fill whole vectors (vector_lanes() each); the rest
// goes to gemm_naive.
void gemm(const Gemm&);

// The same as three loops: what gemm is checked against.
void gemm_naive(const Gemm&);

// y(i) = sum_l a(i, l) x(l), i < m, l < k, a (m, k) row-major without gaps: one image through a dense layer. The lanes
// of l are summed separately and added at the end.
void gemv(Index m, Index k, const Scalar* a, const Scalar* x, Scalar* y);

// to(j, i) = from(i, j), i < m, j < n, both row-major with ld numbers from row to row.
void transpose(Index m, Index n, const Scalar* from, Index ld_from, Scalar* to, Index ld_to);

}  // namespace loom
