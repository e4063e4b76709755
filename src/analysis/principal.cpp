#include "analysis/principal.h"

#include <Eigen/Eigenvalues>
#include <algorithm>

#include "core/error.h"

namespace loom {
namespace {

using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Row = Eigen::Matrix<double, 1, Eigen::Dynamic>;

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
    for (Index i = 0; i < dimensions; ++i) covariance.row(i).head(i + 1) += d(i) / count * d.head(i + 1);
  }
  const Eigen::SelfAdjointEigenSolver<Square> solver(covariance);  // reads the lower half
  PrincipalDirections result{mean.cast<Scalar>(), Matrix(dimensions, dimensions), {}};
  for (Index k = 0; k < dimensions; ++k) {  // Eigen sorts them by rising eigenvalue
    const Row axis = solver.eigenvectors().col(dimensions - 1 - k).transpose();
    Index largest = 0;
    axis.cwiseAbs().maxCoeff(&largest);
    result.directions.row(k) = (axis * (axis(largest) < 0 ? -1 : 1)).cast<Scalar>();
    result.variance.push_back(std::max(0.0, solver.eigenvalues()(dimensions - 1 - k)));
  }
  return result;
}

}  // namespace loom
