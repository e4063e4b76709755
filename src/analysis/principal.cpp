#include "analysis/principal.h"

#include <Eigen/Jacobi>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/error.h"

namespace loom {
namespace {

using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Row = Eigen::Matrix<double, 1, Eigen::Dynamic>;

// Turns a symmetric matrix into its diagonal of eigenvalues and returns the eigenvectors, one per column: cyclic Jacobi
// rotations (Golub & Van Loan 2013, algorithm 8.5.3), which are enough for some dozens of dimensions. Eigen's solver
// for large matrices would be 40 kB of the page's module.
Square diagonalize(Square& a) {
  constexpr int kMostSweeps = 30;  // six to ten are usual
  const Index size = a.rows();
  Square vectors = Square::Identity(size, size);
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double outside = 0;
    for (Index p = 0; p < size; ++p)
      for (Index q = p + 1; q < size; ++q) {
        outside = std::max(outside, std::abs(a(p, q)));
        Eigen::JacobiRotation<double> rotation;
        if (!rotation.makeJacobi(a, p, q)) continue;
        a.applyOnTheLeft(p, q, rotation.adjoint());
        a.applyOnTheRight(p, q, rotation);
        vectors.applyOnTheRight(p, q, rotation);
      }
    if (outside <= 1e-14 * a.cwiseAbs().maxCoeff()) break;
  }
  return vectors;
}

}  // namespace

PrincipalDirections principal_directions(const Matrix& mu) {
  if (mu.size() == 0) fail("principal directions: ", mu.rows(), " codes of ", mu.cols(), " dimensions, expected some");
  const Index dimensions = mu.cols();
  const double count = static_cast<double>(mu.rows());
  Row mean = Row::Zero(dimensions);
  for (Index n = 0; n < mu.rows(); ++n) mean += mu.row(n).cast<double>();
  mean /= count;
  Square covariance = Square::Zero(dimensions, dimensions);
  for (Index n = 0; n < mu.rows(); ++n) {
    const Row d = mu.row(n).cast<double>() - mean;
    for (Index i = 0; i < dimensions; ++i) covariance.row(i) += d(i) / count * d;
  }
  const Square directions = diagonalize(covariance);
  std::vector<Index> order(static_cast<std::size_t>(dimensions));
  std::iota(order.begin(), order.end(), Index{0});
  std::ranges::sort(order, std::greater(), [&](Index k) { return covariance(k, k); });
  PrincipalDirections result{mean.cast<Scalar>(), Matrix(dimensions, dimensions), {}};
  for (Index row = 0; row < dimensions; ++row) {
    const Index k = order[static_cast<std::size_t>(row)];
    const Row axis = directions.col(k).transpose();
    Index largest = 0;
    axis.cwiseAbs().maxCoeff(&largest);
    result.directions.row(row) = (axis * (axis(largest) < 0 ? -1 : 1)).cast<Scalar>();
    result.variance.push_back(std::max(0.0, covariance(k, k)));
  }
  return result;
}

}  // namespace loom
