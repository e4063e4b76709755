#include "analysis/plane/point_index.h"

namespace loom {
namespace {

constexpr double kMostCells = 512;  // along an axis: one stray point must not cost gigabytes

std::int32_t cells_along(double extent, double cell) {
  return static_cast<std::int32_t>(std::min(extent / cell, kMostCells - 1)) + 1;
}

}  // namespace

PointIndex::PointIndex(std::span<const Point> points, float cell) : points_(points.begin(), points.end()) {
  if (points_.empty()) return;
  low_ = points_.front();
  Point high = low_;
  for (const Point p : points_) {
    low_ = {std::min(low_.x, p.x), std::min(low_.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  const double width = static_cast<double>(high.x) - low_.x, height = static_cast<double>(high.y) - low_.y;
  cell_ = std::max({static_cast<double>(cell), width / kMostCells, height / kMostCells});
  columns_ = cells_along(width, cell_);
  rows_ = cells_along(height, cell_);

  // Counting sort: starts_[c + 1] counts cell c, then becomes the end of cell c.
  starts_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
  for (const Point p : points_) ++starts_[cell_of(p) + 1];
  for (std::size_t c = 1; c < starts_.size(); ++c) starts_[c] += starts_[c - 1];
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  ids_.resize(points_.size());
  for (Id id = 0; id < points_.size(); ++id) ids_[next[cell_of(points_[id])]++] = id;
}

}  // namespace loom
