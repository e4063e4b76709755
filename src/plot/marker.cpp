#include "plot/marker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace loom {
namespace {

using Polygon = std::vector<Position>;

// `corners` points on a circle, from the top; every second one at `inner`, if that is given.
Polygon star(int corners, double radius, double inner = 0, double down = 0) {
  Polygon points;
  const int count = inner > 0 ? 2 * corners : corners;
  for (int i = 0; i < count; ++i) {
    const double angle = 2 * std::numbers::pi * i / count, r = inner > 0 && i % 2 == 1 ? inner : radius;
    points.push_back({r * std::sin(angle), -r * std::cos(angle) + down});
  }
  return points;
}

Polygon turned(Polygon points, double angle) {
  for (Position& p : points)
    p = {p.x * std::cos(angle) - p.y * std::sin(angle), p.x * std::sin(angle) + p.y * std::cos(angle)};
  return points;
}

Polygon cross(double reach, double thickness) {
  const double r = reach, t = thickness;
  return {{-t, -r}, {t, -r}, {t, -t}, {r, -t}, {r, t}, {t, t}, {t, r}, {-t, r}, {-t, t}, {-r, t}, {-r, -t}, {-t, -t}};
}

Polygon backwards(Polygon points) {
  std::reverse(points.begin(), points.end());
  return points;
}

constexpr int kRound = 30;  // corners of what should look round
constexpr double kPi = std::numbers::pi;

}  // namespace

const std::vector<std::vector<Position>>& marker_polygons(std::size_t shape) {
  static const std::array<std::vector<Polygon>, kMarkerPolygons> shapes{{
      {star(kRound, 0.78)},
      {{{-0.69, -0.69}, {0.69, -0.69}, {0.69, 0.69}, {-0.69, 0.69}}},
      {star(3, 1.06, 0, 0.12)},
      {{{0, -1.07}, {0.92, 0}, {0, 1.07}, {-0.92, 0}}},
      {cross(0.92, 0.31)},
      {turned(star(3, 1.06, 0, 0.12), kPi)},
      {star(5, 1.08, 0.50)},
      {turned(cross(0.98, 0.30), kPi / 4)},
      {star(6, 0.88)},
      {star(kRound, 0.92), backwards(star(kRound, 0.44))},
  }};
  return shapes[shape % kMarkerPolygons];
}

}  // namespace loom
