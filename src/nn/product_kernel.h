// The matrix product of training's dense layers. Eigen's is as fast by itself, but copies both factors into its own
// order first, which batches of some 64 rows do not pay back; here the factors are read where they lie.
#pragma once

#include "core/types.h"

namespace loom {

// A factor whose number (row, k) lies at data[row * row_step + k * k_step].
struct LeftFactor {
  const Scalar* data;
  Index row_step, k_step;
};

// c(row, column) = [c(row, column) +] sum_k a(row, k) b(k, column), row < rows, k < depth, column < columns, where b
// and c are row-major with `b_step` and `c_step` numbers per row; `columns` must be a multiple of vector_lanes(). The
// order of each sum is that of k.
void multiply(const LeftFactor& a, const Scalar* b, Index b_step, Index rows, Index depth, Index columns, bool add,
              Scalar* c, Index c_step);

// y(row) = sum_k a(row, k) x(k) with a row-major: one image through a dense layer. Lanes of k are summed apart.
void multiply(const Scalar* a, Index rows, Index depth, const Scalar* x, Scalar* y);

// to(j, i) = from(i, j), both row-major.
void transpose(const Scalar* from, Index from_step, Index rows, Index columns, Scalar* to, Index to_step);

}  // namespace loom
