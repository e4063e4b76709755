#include "analysis/metric/path.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

Scalar share_of(Index step, Index steps) { return static_cast<Scalar>(step) / static_cast<Scalar>(steps - 1); }

}  // namespace

Matrix straight_path(const RowVector& from, const RowVector& to, Index steps) {
  Matrix path(steps, from.size());
  for (Index i = 0; i < steps; ++i) path.row(i) = (1 - share_of(i, steps)) * from + share_of(i, steps) * to;
  return path;
}

Matrix spherical_path(const RowVector& from, const RowVector& to, Index steps) {
  const Scalar a = from.norm(), b = to.norm();
  if (a <= 0 || b <= 0) return straight_path(from, to, steps);
  const RowVector u = from / a, v = to / b;
  // From the difference and the sum of the unit vectors, because the arc cosine is inaccurate for small angles.
  const Scalar angle = 2 * std::atan2((v - u).norm(), (v + u).norm());
  const Scalar sine = std::sin(angle);
  constexpr Scalar kSmallest = 1e-4f;
  if (sine < kSmallest) return straight_path(from, to, steps);
  Matrix path(steps, from.size());
  for (Index i = 0; i < steps; ++i) {
    const Scalar t = share_of(i, steps);
    const Scalar length = (1 - t) * a + t * b;
    path.row(i) = length * (std::sin((1 - t) * angle) * u + std::sin(t * angle) * v) / sine;
  }
  path.row(0) = from, path.row(steps - 1) = to;
  return path;
}

std::vector<double> cumulative(const std::vector<double>& lengths) {
  std::vector<double> sums{0};
  for (const double l : lengths) sums.push_back(sums.back() + l);
  return sums;
}

Matrix even_path(const Matrix& path, const std::vector<double>& lengths, Index steps) {
  std::vector<double> at = cumulative(lengths);
  if (at.back() <= 0) at = cumulative(std::vector<double>(lengths.size(), 1.0));
  Matrix even(steps, path.cols());
  std::size_t piece = 0;
  for (Index i = 0; i < steps; ++i) {
    const double wanted = at.back() * static_cast<double>(i) / static_cast<double>(steps - 1);
    while (piece + 2 < at.size() && at[piece + 1] < wanted) ++piece;
    const double size = at[piece + 1] - at[piece];
    const auto share = static_cast<Scalar>(size > 0 ? std::clamp((wanted - at[piece]) / size, 0.0, 1.0) : 0.0);
    const auto row = static_cast<Index>(piece);
    even.row(i) = (1 - share) * path.row(row) + share * path.row(row + 1);
  }
  even.row(0) = path.row(0), even.row(steps - 1) = path.row(path.rows() - 1);
  return even;
}

}  // namespace loom
