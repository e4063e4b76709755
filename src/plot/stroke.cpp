#include "plot/stroke.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr double kLongestMitre = 2;  // in units of half the line's width

Position minus(Position a, Position b) { return {a.x - b.x, a.y - b.y}; }
double size(Position p) { return std::hypot(p.x, p.y); }

// The unit normal of the segment from a to b.
Position normal(Position a, Position b) {
  const Position d = minus(b, a);
  return {-d.y / size(d), d.x / size(d)};
}

// The vector from a corner to the outline on one side, in units of half the line's width, given the normals of the
// segments before and after the corner.
Position mitre(Position before, Position after) {
  const Position sum{before.x + after.x, before.y + after.y};
  const double square = sum.x * sum.x + sum.y * sum.y;
  if (square < 1e-9) return after;  // the line turns back on itself
  const double factor = std::min(2 / square, kLongestMitre / std::sqrt(square));
  return {sum.x * factor, sum.y * factor};
}

}  // namespace

std::vector<Position> stroke_outline(std::vector<Position> points, double width) {
  const auto same = [](Position a, Position b) { return size(minus(a, b)) < 1e-6; };
  points.erase(std::unique(points.begin(), points.end(), same), points.end());
  if (points.size() < 2) return {};
  std::vector<Position> left, right;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t previous = i > 0 ? i - 1 : 0, next = std::min(i + 1, points.size() - 1);
    const Position before = normal(points[previous], points[std::max<std::size_t>(previous + 1, i)]);
    const Position after = i == next ? before : normal(points[i], points[next]);
    const Position side = mitre(before, after);
    left.push_back({points[i].x + side.x * width / 2, points[i].y + side.y * width / 2});
    right.push_back({points[i].x - side.x * width / 2, points[i].y - side.y * width / 2});
  }
  left.insert(left.end(), right.rbegin(), right.rend());
  return left;
}

std::vector<std::vector<Position>> dashes(const std::vector<Position>& points, double length) {
  if (length <= 0 || points.size() < 2) return {points};
  std::vector<std::vector<Position>> out{{points.front()}};
  double left = length;  // of the current dash or gap
  bool drawing = true;
  for (std::size_t i = 1; i < points.size(); ++i) {
    Position at = points[i - 1];
    for (double way = size(minus(points[i], at)); way > left; way -= left, left = length) {
      const double t = left / way;
      at = {at.x + (points[i].x - at.x) * t, at.y + (points[i].y - at.y) * t};
      if (drawing) out.back().push_back(at);
      drawing = !drawing;
      if (drawing) out.push_back({at});
    }
    left -= size(minus(points[i], at));
    if (drawing) out.back().push_back(points[i]);
  }
  return out;
}

}  // namespace loom
