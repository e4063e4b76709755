// A spatial index (uniform grid) that finds the points near a position in time proportional to their number, not to the
// number of all points.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/plane/point.h"

namespace loom {

class PointIndex {
 public:
  using Id = std::uint32_t;  // index of a point in the order given

  PointIndex() = default;

  // `cell` > 0 is the side of a cell; best is about the radius of later queries. Larger cells are used where the
  // points are so far apart that there would be too many. The points are copied.
  PointIndex(std::span<const Point> points, float cell);

  std::size_t size() const { return points_.size(); }
  Point point(Id id) const { return points_[id]; }

  // Calls visit(id) for every point within `radius` in both coordinates, and for some points beyond it.
  template <class Visit>
  void visit_near(Point center, float radius, Visit&& visit) const {
    if (points_.empty()) return;
    const std::int32_t left = column(center.x - radius), right = column(center.x + radius);
    const std::int32_t bottom = row(center.y - radius), top = row(center.y + radius);
    for (std::int32_t r = bottom; r <= top; ++r)
      for (std::uint32_t i = starts_[cell_number(left, r)]; i < starts_[cell_number(right, r) + 1]; ++i) visit(ids_[i]);
  }

  // The point nearest to `center` among those within `reach` for which keep(id) holds; -1 if there is none.
  template <class Keep>
  std::int64_t nearest(Point center, float reach, Keep&& keep) const {
    std::int64_t best = -1;
    float best_distance = reach;
    visit_near(center, reach, [&](Id id) {
      const float distance = length(points_[id] - center);
      if (distance > best_distance || !keep(id)) return;
      best_distance = distance;
      best = id;
    });
    return best;
  }

 private:
  std::int32_t column(float x) const { return clamped((x - low_.x) / cell_, columns_); }
  std::int32_t row(float y) const { return clamped((y - low_.y) / cell_, rows_); }
  static std::int32_t clamped(double at, std::int32_t count) {
    return static_cast<std::int32_t>(std::clamp(at, 0.0, static_cast<double>(count - 1)));
  }
  std::uint32_t cell_number(std::int32_t c, std::int32_t r) const {
    return static_cast<std::uint32_t>(r) * static_cast<std::uint32_t>(columns_) + static_cast<std::uint32_t>(c);
  }
  std::uint32_t cell_of(Point p) const { return cell_number(column(p.x), row(p.y)); }

  std::vector<Point> points_;
  std::vector<std::uint32_t> starts_;  // where each cell begins in ids_, row by row, and the end of the last
  std::vector<Id> ids_;
  Point low_;
  double cell_ = 1;
  std::int32_t columns_ = 1, rows_ = 1;
};

}  // namespace loom
