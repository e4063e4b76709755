#include "raster/marker_shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace loom {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr int kRound = 30;  // corners of a polygon that looks round

// A regular polygon with the first corner on top; with `inner`, a star whose inner corners lie on a circle of that
// radius. Moved downwards by `down`.
Polygon star(int corners, double radius, double inner = 0, double down = 0) {
  Polygon points;
  const int count = inner > 0 ? 2 * corners : corners;
  for (int i = 0; i < count; ++i) {
    const double angle = 2 * kPi * i / count, r = inner > 0 && i % 2 == 1 ? inner : radius;
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

// The outward unit normal of the edge from a to b, for a polygon that runs clockwise on the screen.
Position outward(Position a, Position b) {
  const double length = std::hypot(b.x - a.x, b.y - a.y);
  return {(b.y - a.y) / length, (a.x - b.x) / length};
}

}  // namespace

const Polygons& marker_polygons(std::size_t shape) {
  static const std::array<Polygons, kMarkerShapes> shapes{{
      {star(kRound, kDiscRadius)},
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
  return shapes[shape % kMarkerShapes];
}

Polygons grown(const Polygons& shape, double by) {
  Polygons out;
  for (const Polygon& polygon : shape) {
    Polygon& moved = out.emplace_back();
    for (std::size_t i = 0; i < polygon.size(); ++i) {
      const Position& at = polygon[i];
      const Position a = outward(polygon[(i + polygon.size() - 1) % polygon.size()], at);
      const Position b = outward(at, polygon[(i + 1) % polygon.size()]);
      const double share = by / (1 + a.x * b.x + a.y * b.y);  // so that the corner is where the two moved edges meet
      moved.push_back({at.x + (a.x + b.x) * share, at.y + (a.y + b.y) * share});
    }
  }
  return out;
}

std::vector<std::uint8_t> marker_coverage(std::size_t shape, int side, double radius, double border) {
  Polygons polygons = marker_polygons(shape);
  for (Polygon& polygon : polygons)
    for (Position& p : polygon) p = {side / 2.0 + p.x * radius, side / 2.0 + p.y * radius};
  std::vector<std::uint8_t> out(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  cover(grown(polygons, border), side, side, [&](int left, int y, int count, const std::uint8_t* coverage) {
    std::copy_n(coverage, count, out.begin() + y * side + left);
  });
  return out;
}

}  // namespace loom
