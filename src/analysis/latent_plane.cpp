#include "analysis/latent_plane.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace loom {
namespace {

constexpr Scalar kLargestCode = 1e6f, kLargestLogvar = 24;

using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Direction = Eigen::Matrix<double, Eigen::Dynamic, 1>;

Square covariance(const Matrix& mu, const RowVector& mean) {
  Square sum = Square::Zero(mu.cols(), mu.cols());
  for (Index n = 0; n < mu.rows(); ++n) {
    const Direction d = (mu.row(n) - mean).transpose().cast<double>();
    sum.noalias() += d * d.transpose();
  }
  return sum / static_cast<double>(mu.rows());
}

RowVector mean_of(const Matrix& mu) {
  Eigen::Matrix<double, 1, Eigen::Dynamic> sum = Eigen::Matrix<double, 1, Eigen::Dynamic>::Zero(mu.cols());
  for (Index n = 0; n < mu.rows(); ++n) sum += mu.row(n).cast<double>();
  return (sum / static_cast<double>(mu.rows())).cast<Scalar>();
}

// The eigenvector of the largest eigenvalue, by powers of the matrix: squared 40 times over it, 2^40 steps of the power
// iteration, so even nearly equal eigenvalues separate.
Direction dominant(const Square& matrix) {
  Square power = matrix;
  for (int i = 0; i < 40; ++i) {
    const double largest = power.cwiseAbs().maxCoeff();
    if (largest <= 0) break;
    power /= largest;
    power = (power * power).eval();
  }
  Index column = 0;
  power.diagonal().maxCoeff(&column);
  Direction d = power.col(column);
  if (d.norm() <= 0) d = Direction::Unit(matrix.rows(), 0);
  d.normalize();
  Index largest = 0;
  d.cwiseAbs().maxCoeff(&largest);
  return d[largest] < 0 ? Direction(-d) : d;
}

}  // namespace

LatentPlane axes_plane(const RowVector& origin, Index first, Index second) {
  const Index dimension = origin.size();
  const auto bad = [&](Index axis) { return axis < 0 || axis >= dimension; };
  if (bad(first) || bad(second) || (first == second && dimension > 1))
    fail("latent plane: axes ", first + 1, " and ", second + 1, ", expected two different ones of 1 to ", dimension);
  LatentPlane plane{origin, Matrix::Zero(2, dimension)};
  plane.axes(0, first) = 1;
  if (dimension > 1) plane.axes(1, second) = 1;
  return plane;
}

LatentPlane first_axes_plane(Index latent_dim) {
  return axes_plane(RowVector::Zero(latent_dim), 0, latent_dim > 1 ? 1 : 0);
}

LatentPlane principal_plane(const Matrix& mu) {
  if (mu.rows() == 0 || mu.cols() < 2)
    fail("principal plane: ", mu.rows(), " codes of ", mu.cols(), " dimensions, expected some of at least 2");
  LatentPlane plane{mean_of(mu), Matrix(2, mu.cols())};
  Square spread = covariance(mu, plane.origin);
  const Direction u = dominant(spread);
  const Square without = Square::Identity(mu.cols(), mu.cols()) - u * u.transpose();
  spread = (without * spread * without).eval();
  Direction v = dominant(spread);
  // Codes on a line leave no second direction: take any.
  for (Index d = 0; (v - u * u.dot(v)).norm() < 1e-6; ++d) v = Direction::Unit(mu.cols(), d);
  v = (v - u * u.dot(v)).normalized();
  plane.axes.row(0) = u.transpose().cast<Scalar>();
  plane.axes.row(1) = v.transpose().cast<Scalar>();
  return plane;
}

double variance_in_plane(const LatentPlane& plane, const Matrix& mu) {
  if (mu.rows() == 0) return 0;
  const Square spread = covariance(mu, mean_of(mu));
  const Square axes = plane.axes.cast<double>();
  const double all = spread.trace();
  return all > 0 ? (axes * spread * axes.transpose()).trace() / all : 1;
}

void code_at(const LatentPlane& plane, Point p, Eigen::Ref<RowVector> z) {
  z = plane.origin + p.x * plane.axes.row(0) + p.y * plane.axes.row(1);
}

Matrix codes_at(const LatentPlane& plane, std::span<const Point> points) {
  Matrix codes(static_cast<Index>(points.size()), plane.dimension());
  for (Index n = 0; n < codes.rows(); ++n) code_at(plane, points[static_cast<std::size_t>(n)], codes.row(n));
  return codes;
}

Point on_plane(const LatentPlane& plane, const Scalar* z) {
  Point p;
  for (Index d = 0; d < plane.dimension(); ++d) {
    const Scalar from_origin = std::clamp(z[d], -kLargestCode, kLargestCode) - plane.origin[d];
    p = p + Point{plane.axes(0, d), plane.axes(1, d)} * from_origin;
  }
  return p;
}

PlaneSet plane_set(const LatentPlane& plane, const EncodedSet& set) {
  PlaneSet seen;
  for (Index n = 0; n < set.size(); ++n) seen.mu.push_back(on_plane(plane, set.mu.row(n).data()));
  for (Index n = 0; n < set.logvar.rows(); ++n) {
    Point variance;
    for (Index d = 0; d < plane.dimension(); ++d) {
      const Scalar v = std::exp(std::clamp(set.logvar(n, d), -kLargestLogvar, kLargestLogvar));
      variance = variance + Point{plane.axes(0, d) * plane.axes(0, d), plane.axes(1, d) * plane.axes(1, d)} * v;
    }
    seen.sigma.push_back({std::sqrt(variance.x), std::sqrt(variance.y)});
  }
  return seen;
}

std::size_t class_count(const ModelFile& file) {
  std::size_t classes = file.model.spec.class_names.size();
  for (const std::uint8_t label : file.test.labels) classes = std::max(classes, label + std::size_t{1});
  return classes;
}

}  // namespace loom
