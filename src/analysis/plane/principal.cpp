#include "analysis/plane/principal.h"

#include <Eigen/Jacobi>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "core/error.h"
#include "core/rng.h"

namespace loom {
namespace {

using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Row = Eigen::Matrix<double, 1, Eigen::Dynamic>;
using Column = Eigen::Matrix<double, Eigen::Dynamic, 1>;

// Diagonalises a symmetric matrix in place and returns its eigenvectors, one per column: cyclic Jacobi rotations
// (Golub & Van Loan 2013, algorithm 8.5.3), which are fast enough for some dozens of dimensions. Eigen's solver would
// add 40 kB to the page's module.
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

Row mean_of(const Matrix& mu) {
  if (mu.size() == 0) fail("principal directions: ", mu.rows(), " codes of ", mu.cols(), " dimensions, expected some");
  Row mean = Row::Zero(mu.cols());
  for (Index n = 0; n < mu.rows(); ++n) mean += mu.row(n).cast<double>();
  return mean / static_cast<double>(mu.rows());
}

// The `count` columns of `directions` with the largest variance, by decreasing variance.
PrincipalDirections ordered(const Row& mean, const Square& directions, const Column& variance, Index count) {
  std::vector<Index> order(static_cast<std::size_t>(variance.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::ranges::sort(order, std::greater(), [&](Index k) { return variance(k); });
  PrincipalDirections result{mean.cast<Scalar>(), Matrix(count, mean.size()), {}};
  for (Index row = 0; row < count; ++row) {
    const Index k = order[static_cast<std::size_t>(row)];
    const Row axis = directions.col(k).transpose();
    Index largest = 0;
    axis.cwiseAbs().maxCoeff(&largest);
    result.directions.row(row) = (axis * (axis(largest) < 0 ? -1 : 1)).cast<Scalar>();
    result.variance.push_back(std::max(0.0, variance(k)));
  }
  return result;
}

// Makes the columns orthonormal (Gram-Schmidt, applied twice against rounding errors). A column that depends linearly
// on the ones before is replaced by a random one.
void orthonormalize(Square& columns, Rng& rng) {
  for (Index k = 0; k < columns.cols(); ++k)
    for (bool done = false; !done;) {
      const double before = columns.col(k).norm();
      for (int pass = 0; pass < 2; ++pass)
        for (Index j = 0; j < k; ++j) columns.col(k) -= columns.col(j).dot(columns.col(k)) * columns.col(j);
      const double left = columns.col(k).norm();
      done = left > 1e-12 * before && left > 0;
      if (done)
        columns.col(k) /= left;
      else
        for (Index i = 0; i < columns.rows(); ++i) columns(i, k) = rng.normal();
    }
}

}  // namespace

PrincipalDirections principal_directions(const Matrix& mu) {
  const Row mean = mean_of(mu);
  const Index dimensions = mu.cols();
  const double count = static_cast<double>(mu.rows());
  Square covariance = Square::Zero(dimensions, dimensions);
  for (Index n = 0; n < mu.rows(); ++n) {
    const Row d = mu.row(n).cast<double>() - mean;
    for (Index i = 0; i < dimensions; ++i) covariance.row(i) += d(i) / count * d;
  }
  const Square directions = diagonalize(covariance);
  return ordered(mean, directions, covariance.diagonal(), dimensions);
}

PrincipalDirections leading_directions(const Matrix& mu, Index count) {
  constexpr Index kMore = 8;  // additional directions, with which the wanted ones converge sooner
  constexpr int kMostIterations = 100;
  const Row mean = mean_of(mu);
  const Index dimensions = mu.cols(), wanted = std::min(count, dimensions);
  Rng rng(0, Stream::sample);
  Square basis(dimensions, std::min(wanted + kMore, dimensions));
  for (Index i = 0; i < basis.size(); ++i) basis.data()[i] = rng.normal();
  orthonormalize(basis, rng);
  Square within, turn;  // covariance within the basis, and its eigenvectors
  double found = 0;
  for (int iteration = 0; iteration < kMostIterations; ++iteration) {
    Square image = Square::Zero(dimensions, basis.cols());  // covariance times basis
    for (Index n = 0; n < mu.rows(); ++n) {
      const Row d = (mu.row(n).cast<double>() - mean);
      const Row along = d * basis / static_cast<double>(mu.rows());
      for (Index i = 0; i < dimensions; ++i) image.row(i) += d(i) * along;
    }
    within = basis.transpose() * image;
    turn = diagonalize(within);
    basis = basis * turn;
    const Column diagonal = within.diagonal();
    std::vector<double> variance(diagonal.data(), diagonal.data() + diagonal.size());
    std::ranges::sort(variance, std::greater());
    const double sum = std::accumulate(variance.begin(), variance.begin() + wanted, 0.0);
    if (sum - found <= 1e-12 * sum) break;
    found = sum;
    if (iteration + 1 == kMostIterations) break;
    basis = image * turn;
    orthonormalize(basis, rng);
  }
  return ordered(mean, basis, within.diagonal(), wanted);
}

}  // namespace loom
