// Matrix products for dense layers, named as in BLAS: gemm for two matrices, gemv for a matrix and a vector. Eigen's
// product is as fast, but first copies ("packs") both factors into its own layout, which does not pay off below about
// 64 rows; these functions read the factors in place.
#pragma once

#include "core/arithmetic.h"
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

// Each of these functions exists twice, see core/arithmetic.h; the functions below choose.
namespace fast {
void gemm(const Gemm&);
void gemv(Index m, Index k, const Scalar* a, const Scalar* x, Scalar* y);
}  // namespace fast
namespace portable {
void gemm(const Gemm&);
void gemv(Index m, Index k, const Scalar* a, const Scalar* x, Scalar* y);
}  // namespace portable

// Sums over l in ascending order. Columns that fill whole vectors (vector_lanes() each) are fast; gemm_naive computes
// the remaining ones.
inline void gemm(const Gemm& g) { is_portable() ? portable::gemm(g) : fast::gemm(g); }

// The same as three plain loops: the reference that gemm is tested against.
void gemm_naive(const Gemm&);

// y(i) = sum_l a(i, l) x(l), i < m, l < k, a (m, k) row-major without gaps: one image through a dense layer. Each
// vector lane sums its share of l; the partial sums are added at the end.
inline void gemv(Index m, Index k, const Scalar* a, const Scalar* x, Scalar* y) {
  is_portable() ? portable::gemv(m, k, a, x, y) : fast::gemv(m, k, a, x, y);
}

// to(j, i) = from(i, j), i < m, j < n, both row-major with ld numbers from row to row.
void transpose(Index m, Index n, const Scalar* from, Index ld_from, Scalar* to, Index ld_to);

// sums(o) += sum_i a(i, o), a (m, sums.size()) row-major: the gradient of a bias. Eigen divides long columns into parts
// by the width of vectors; portable arithmetic adds up in ascending order.
inline void add_column_sums(const Scalar* a, Index m, RowVector& sums) {
  if (!is_portable()) {
    sums += ConstMatrixMap(a, m, sums.size()).colwise().sum();
    return;
  }
  RowVector total = RowVector::Zero(sums.size());
  for (Index i = 0; i < m; ++i, a += total.size())
    for (Index o = 0; o < total.size(); ++o) total.data()[o] += a[o];
  for (Index o = 0; o < total.size(); ++o) sums.data()[o] += total.data()[o];
}

}  // namespace loom
