#include "cli/principal_components.h"

#include <Eigen/Eigenvalues>
#include <vector>

#include "cli/images.h"

namespace loom {
namespace {

using DoubleMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Batches whose moments are added before the next are begun: memory for so many matrices (P, P).
constexpr Index kParts = 16;

}  // namespace

PrincipalComponents principal_components(const Dataset& data, Index count, ThreadPool& pool) {
  const Index pixels = data.shape.size();
  // Images are dealt to a fixed number of sums, so the rounding does not depend on the threads.
  std::vector<DoubleMatrix> squares(kParts, DoubleMatrix::Zero(pixels, pixels));
  std::vector<Eigen::RowVectorXd> sums(kParts, Eigen::RowVectorXd::Zero(pixels));
  pool.run(kParts, [&](Index part) {
    constexpr Index kRows = 500;
    const Index begin = data.size() * part / kParts, end = data.size() * (part + 1) / kParts;
    for (Index first = begin; first < end; first += kRows) {
      std::vector<Index> group;
      for (Index n = first; n < std::min(end, first + kRows); ++n) group.push_back(n);
      const Matrix x = images_at(data, group);
      Matrix product(pixels, pixels);
      product.noalias() = x.transpose() * x;
      squares[static_cast<std::size_t>(part)] += product.cast<double>();
      sums[static_cast<std::size_t>(part)] += x.cast<double>().colwise().sum();
    }
  });
  for (std::size_t part = 1; part < squares.size(); ++part) {
    squares[0] += squares[part];
    sums[0] += sums[part];
  }
  const auto images = static_cast<double>(data.size());
  const Eigen::RowVectorXd mean = sums[0] / images;
  const DoubleMatrix covariance = squares[0] / images - mean.transpose() * mean;
  const Eigen::SelfAdjointEigenSolver<DoubleMatrix> solver(covariance);
  PrincipalComponents out{mean.cast<Scalar>(), Matrix(count, pixels)};
  for (Index k = 0; k < count; ++k)  // the solver's order is that of rising variance
    out.directions.row(k) = solver.eigenvectors().col(pixels - 1 - k).transpose().cast<Scalar>();
  return out;
}

}  // namespace loom
