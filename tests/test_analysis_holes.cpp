#include <doctest/doctest.h>

#include <cmath>

#include "analysis/density/empty_circle.h"
#include "analysis/density/hole_components.h"
#include "analysis/density/prior.h"
#include "analysis_examples.h"

namespace loom {
namespace {

double brute_force_depth(const std::vector<std::uint8_t>& marked, Index columns, Index rows, Index x, Index y) {
  double least = 1e9;
  for (Index r = -1; r <= rows; ++r)
    for (Index c = -1; c <= columns; ++c) {
      const bool inside = r >= 0 && c >= 0 && r < rows && c < columns;
      if (inside && marked[static_cast<std::size_t>(r * columns + c)]) continue;
      least = std::min(least, std::hypot(static_cast<double>(r - y), static_cast<double>(c - x)));
    }
  return least;
}

TEST_CASE("distance_inside: equals the distance to every other cell") {
  Rng rng(1, Stream::test);
  for (const std::uint64_t share : {2u, 20u, 1000u}) {
    const Index columns = 17, rows = 11;
    std::vector<std::uint8_t> marked(static_cast<std::size_t>(columns * rows));
    for (auto& m : marked) m = rng.below(share) > 0;
    const std::vector<float> found = distance_inside(marked, columns, rows);
    for (Index y = 0; y < rows; ++y)
      for (Index x = 0; x < columns; ++x)
        CHECK(found[static_cast<std::size_t>(y * columns + x)] ==
              doctest::Approx(brute_force_depth(marked, columns, rows, x, y)));
  }
}

// q = p but for two round holes where it is 0.
DensityField prior_with_holes(const LatentGrid& grid, Point a, float radius_a, Point b, float radius_b) {
  DensityField field = empty_density(grid, 1);
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const Point z = grid.center(i);
    const bool hole = length(z - a) < radius_a || length(z - b) < radius_b;
    field.by_class[i] = hole ? 0 : static_cast<float>(prior_density(z));
  }
  finish_density(field);
  return field;
}

TEST_CASE("hole_components: finds two round holes, the more probable first") {
  const DensityField field = prior_with_holes(square_grid({0, 0}, 4, 256), {1.5f, 1}, 0.5f, {-0.4f, 0}, 0.4f);
  std::vector<std::int32_t> labels;
  const std::vector<Hole> holes = hole_components(field, 0.1, 3, &labels);
  REQUIRE(holes.size() == 2);
  CHECK(length(holes[0].deepest - Point{-0.4f, 0}) < 0.04f);
  CHECK(length(holes[1].deepest - Point{1.5f, 1}) < 0.04f);
  CHECK(holes[0].area == doctest::Approx(std::numbers::pi * 0.16).epsilon(0.02));
  CHECK(holes[1].area == doctest::Approx(std::numbers::pi * 0.25).epsilon(0.02));
  CHECK(holes[0].depth == doctest::Approx(0.4).epsilon(0.1));
  CHECK(holes[0].prior_mass == doctest::Approx(0.16 * std::numbers::pi * 0.145).epsilon(0.05));  // mean of p there
  CHECK(labels[cell_at(field.grid, {-0.4f, 0})] == 0);
  CHECK(labels[cell_at(field.grid, {1.5f, 1})] == 1);
  CHECK(labels[cell_at(field.grid, {0, 2})] == -1);
}

TEST_CASE("hole_components: the radius limits the area, and the masses add up") {
  const DensityField nothing = empty_density(square_grid({0, 0}, 4, 128), 1);
  const std::vector<Hole> holes = hole_components(nothing, 0.1, prior_radius(0.95));
  REQUIRE(holes.size() == 1);
  CHECK(holes[0].prior_mass == doctest::Approx(0.95).epsilon(0.005));
  CHECK(length(holes[0].deepest) < 0.1f);
  CHECK(hole_components(prior_with_holes(nothing.grid, {2, 0}, 0.3f, {9, 9}, 1), 0.1, 1).empty());
}

// The optimum is a Voronoi vertex, or where the disc's rim meets a bisector or a point's ray, so these hold the answer.
double brute_force_circle(const std::vector<Point>& points, double disc) {
  double best = 0;
  const auto consider = [&](double x, double y) {
    if (std::hypot(x, y) > disc * (1 + 1e-9)) return;
    double least = 1e9;
    for (const Point p : points) least = std::min(least, std::hypot(x - p.x, y - p.y));
    best = std::max(best, least);
  };
  for (int i = 0; i < 20000; ++i) {  // the rim: a one-dimensional search, fine enough for 1e-3
    const double angle = i * 2 * std::numbers::pi / 20000;
    consider(disc * std::cos(angle), disc * std::sin(angle));
  }
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      for (std::size_t k = 0; k < j; ++k) {
        const double ax = points[j].x - static_cast<double>(points[i].x),
                     ay = points[j].y - static_cast<double>(points[i].y);
        const double bx = points[k].x - static_cast<double>(points[i].x),
                     by = points[k].y - static_cast<double>(points[i].y);
        const double det = 2 * (ax * by - ay * bx), a2 = ax * ax + ay * ay, b2 = bx * bx + by * by;
        if (std::abs(det) < 1e-9) continue;
        consider(points[i].x + (by * a2 - ay * b2) / det, points[i].y + (ax * b2 - bx * a2) / det);
      }
  return best;
}

TEST_CASE("largest_empty_circle: equals the best of all circumcentres and of the boundary") {
  for (std::uint64_t key = 0; key < 6; ++key) {
    const Encoded e = prior_encoded(static_cast<std::size_t>(12 + 4 * key), 1, key);
    const EmptyCircle found = largest_empty_circle(PointIndex(e.mu, 0.3f), 2);
    CHECK(found.radius == doctest::Approx(brute_force_circle(e.mu, 2)).epsilon(1e-3));
    CHECK(found.radius >= brute_force_circle(e.mu, 2) - 1e-5);
    CHECK(found.tolerance <= 1e-6);
    CHECK(static_cast<double>(length(found.center)) <= 2 + 1e-5);
    double least = 1e9;
    for (const Point p : e.mu) least = std::min(least, static_cast<double>(length(p - found.center)));
    CHECK(least == doctest::Approx(found.radius).epsilon(1e-5));
  }
}

TEST_CASE("largest_empty_circle: a ring of points, one point, none") {
  std::vector<Point> ring;
  for (int i = 0; i < 100; ++i)
    ring.push_back({static_cast<float>(std::cos(i * 0.0628318)), static_cast<float>(std::sin(i * 0.0628318))});
  const EmptyCircle inner = largest_empty_circle(PointIndex(ring, 0.1f), 1.2);
  CHECK(inner.radius == doctest::Approx(1).epsilon(1e-4));
  CHECK(length(inner.center) < 1e-3f);
  const EmptyCircle opposite = largest_empty_circle(PointIndex(std::vector<Point>{{0.5f, 0}}, 1), 2);
  CHECK(opposite.radius == doctest::Approx(2.5).epsilon(1e-6));
  CHECK(opposite.center.x == doctest::Approx(-2).epsilon(1e-3));
  // Every point of the rim is as good: the search gives up in time and says how far off it may be.
  const EmptyCircle degenerate = largest_empty_circle(PointIndex(std::vector<Point>{{0, 0}}, 1), 2, 5000);
  CHECK(degenerate.radius == doctest::Approx(2).epsilon(1e-3));
  CHECK(degenerate.tolerance < 0.1);
  CHECK(largest_empty_circle(PointIndex(std::vector<Point>{}, 1), 2).radius == 2);
}

}  // namespace
}  // namespace loom
