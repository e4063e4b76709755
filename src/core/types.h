// Scalar and matrix types. A Matrix is row-major and holds one sample per row, so a weight of shape (out, in) has the
// byte order that PyTorch and safetensors use, and nothing needs to be transposed.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace loom {

// Gradient checks need double precision (float central differences find only gross errors), so nn and model are
// compiled a second time with LOOM_DOUBLE instead of carrying templates everywhere.
#ifdef LOOM_DOUBLE
using Scalar = double;
#else
using Scalar = float;
#endif

using Index = Eigen::Index;
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowVector = Eigen::Matrix<Scalar, 1, Eigen::Dynamic, Eigen::RowMajor>;

// Views of row-major storage that is owned elsewhere; never a copy.
using MatrixMap = Eigen::Map<Matrix>;
using ConstMatrixMap = Eigen::Map<const Matrix>;

using Shape = std::vector<Index>;  // of a tensor, outermost dimension first

}  // namespace loom
