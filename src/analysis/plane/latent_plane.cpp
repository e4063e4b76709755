#include "analysis/plane/latent_plane.h"

#include <algorithm>
#include <cmath>

#include "analysis/plane/principal.h"
#include "core/error.h"

namespace loom {
namespace {

constexpr Scalar kLargestCode = 1e6f, kLargestLogvar = 24;

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
    fail("principal plane: ", mu.rows(), " codes of ", mu.cols(),
         " dimensions, expected at least one code of at least 2 dimensions");
  const PrincipalDirections found = mu.cols() < kManyDimensions ? principal_directions(mu) : leading_directions(mu, 2);
  return {found.mean, found.directions.topRows(2)};
}

double variance_in_plane(const LatentPlane& plane, const Matrix& mu) {
  if (mu.rows() == 0) return 0;
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Rows exact = mu.cast<double>();
  const Rows centered = exact.rowwise() - exact.colwise().mean();
  const double all = centered.squaredNorm();
  return all > 0 ? (centered * plane.axes.cast<double>().transpose()).squaredNorm() / all : 1;
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
