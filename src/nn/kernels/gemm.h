// Matrix products for dense layers, named as in BLAS: gemm for two matrices, gemv for a matrix and a vector. Eigen's
// product is as fast, but first copies ("packs") both factors into its own layout, which does not pay off below about
// 64 rows; these functions read the factors in place.
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

// Sums over l in ascending order. Columns that fill whole vectors (vector_lanes() each) are fast; gemm_naive computes
// the remaining ones.
void gemm(const Gemm&);

// The same as three plain loops: the reference that gemm is tested against.
void gemm_naive(const Gemm&);

// y(i) = sum_l a(i, l) x(l), i < m, l < k, a (m, k) row-major without gaps: one image through a dense layer. Each
// vector lane sums its share of l; the partial sums are added at the end.
void gemv(Index m, Index k, const Scalar* a, const Scalar* x, Scalar* y);

// to(j, i) = from(i, j), i < m, j < n, both row-major with ld numbers from row to row.
void transpose(Index m, Index n, const Scalar* from, Index ld_from, Scalar* to, Index ld_to);

}  // namespace loom
