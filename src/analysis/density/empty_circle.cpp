#include "analysis/density/empty_circle.h"

#include <cmath>
#include <numbers>
#include <queue>

namespace loom {
namespace {

constexpr double kTolerance = 1e-6;

struct SearchSquare {
  double x = 0, y = 0, half = 0;
  double bound = 0;  // no circle centered in the square has a larger radius

  bool operator<(const SearchSquare& o) const { return bound < o.bound; }
};

double nearest_distance(const PointIndex& points, double x, double y, double reach) {
  double square = reach * reach;
  points.visit_near({static_cast<float>(x), static_cast<float>(y)}, static_cast<float>(reach), [&](PointIndex::Id id) {
    const double dx = static_cast<double>(points.point(id).x) - x, dy = static_cast<double>(points.point(id).y) - y;
    square = std::min(square, dx * dx + dy * dy);
  });
  return std::sqrt(square);
}

}  // namespace

EmptyCircle largest_empty_circle(const PointIndex& points, double disc_radius, std::size_t most) {
  if (points.size() == 0) return {{0, 0}, disc_radius, 0};
  const Point any = points.point(0);
  const double diagonal = std::numbers::sqrt2;
  // No point of the first square is farther than this from the first of the points.
  const double farthest = static_cast<double>(length(any)) + diagonal * disc_radius;
  EmptyCircle best;
  std::priority_queue<SearchSquare> open;
  const auto consider = [&](double x, double y, double half, double reach) {
    const double from_origin = std::hypot(x, y);
    if (from_origin - half * diagonal > disc_radius) return;
    const double distance = nearest_distance(points, x, y, reach * 1.000001);
    // If the square's center lies outside the disc, the nearest point of the disc is used instead.
    const double inward = from_origin > disc_radius ? disc_radius / from_origin : 1;
    const double here =
        inward < 1 ? nearest_distance(points, x * inward, y * inward, distance + from_origin) : distance;
    if (here > best.radius) best = {{static_cast<float>(x * inward), static_cast<float>(y * inward)}, here, 0};
    open.push({x, y, half, distance + half * diagonal});
  };
  consider(0, 0, disc_radius, farthest);
  for (std::size_t squares = 1; !open.empty() && open.top().bound > best.radius + kTolerance; squares += 4) {
    if (squares > most) {
      best.tolerance = open.top().bound - best.radius;
      return best;
    }
    const SearchSquare square = open.top();
    open.pop();
    const double half = square.half / 2;
    for (const double dx : {-half, half})
      for (const double dy : {-half, half}) consider(square.x + dx, square.y + dy, half, square.bound);
  }
  best.tolerance = kTolerance;
  return best;
}

}  // namespace loom
