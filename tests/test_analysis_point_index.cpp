#include "analysis/plane/point_index.h"

#include <doctest/doctest.h>

#include "core/rng.h"

namespace loom {
namespace {

std::vector<Point> random_points(std::size_t count, double spread) {
  Rng rng(1, Stream::test);
  std::vector<Point> points(count);
  for (Point& p : points) p = {static_cast<float>(spread * rng.normal()), static_cast<float>(spread * rng.normal())};
  return points;
}

std::int64_t nearest_by_search(const std::vector<Point>& points, Point center, float reach, auto keep) {
  std::int64_t best = -1;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const float distance = length(points[i] - center);
    if (distance <= reach && keep(i) &&
        (best < 0 || distance < length(points[static_cast<std::size_t>(best)] - center)))
      best = static_cast<std::int64_t>(i);
  }
  return best;
}

TEST_CASE("PointIndex: nearest agrees with a search through all points") {
  const std::vector<Point> points = random_points(500, 1);
  Rng rng(2, Stream::test);
  for (const float cell : {0.01f, 0.3f, 50.0f}) {
    const PointIndex index(points, cell);
    for (int i = 0; i < 100; ++i) {
      const Point at{static_cast<float>(6 * rng.uniform() - 3), static_cast<float>(6 * rng.uniform() - 3)};
      const float reach = static_cast<float>(rng.uniform());
      const auto even = [](std::size_t id) { return id % 2 == 0; };
      CHECK(index.nearest(at, reach, even) == nearest_by_search(points, at, reach, even));
    }
  }
}

TEST_CASE("PointIndex: visits every point within the radius, each once") {
  const std::vector<Point> points = random_points(300, 2);
  const PointIndex index(points, 0.5f);
  std::vector<int> visits(points.size());
  index.visit_near({0.3f, -0.2f}, 1, [&](PointIndex::Id id) { ++visits[id]; });
  for (std::size_t i = 0; i < points.size(); ++i) {
    CHECK(visits[i] <= 1);
    if (std::abs(points[i].x - 0.3f) < 1 && std::abs(points[i].y + 0.2f) < 1) CHECK(visits[i] == 1);
  }
}

TEST_CASE("PointIndex: no points, one point, points that are far apart") {
  const auto any = [](std::size_t) { return true; };
  CHECK(PointIndex().nearest({0, 0}, 1, any) == -1);
  CHECK(PointIndex(std::vector<Point>{{1, 1}}, 0.1f).nearest({1.5f, 1}, 1, any) == 0);
  const std::vector<Point> far{{-3e38f, 0}, {3e38f, 3e38f}, {0.5f, 0}};
  CHECK(PointIndex(far, 1e-6f).nearest({0, 0}, 1, any) == 2);
}

}  // namespace
}  // namespace loom
