#include "explorer/draw/marker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace loom {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;

// A regular polygon with `corners` on a circle of radius r; `turn` in radians from "a corner on top".
float polygon(Point p, int corners, float r, float turn) {
  const float wedge = 2 * kPi / static_cast<float>(corners);
  const float angle = std::atan2(p.x, p.y) + turn;
  const float off = angle - wedge * (std::floor(angle / wedge) + 0.5f);  // from the middle of an edge
  return length(p) * std::cos(off) - r * std::cos(wedge / 2);
}

float cross(Point p, float reach, float thickness) {
  const float x = std::fabs(p.x), y = std::fabs(p.y);
  return std::min(std::max(x - reach, y - thickness), std::max(y - reach, x - thickness));
}

// Five points: the distance to the edge between a tip (radius r) and the notch beside it (radius n).
float star(Point p, float r, float n) {
  const float wedge = 2 * kPi / 5;
  float angle = std::atan2(p.x, p.y);
  angle = std::fabs(angle - wedge * std::round(angle / wedge));
  const Point q{length(p) * std::sin(angle), length(p) * std::cos(angle)};
  const Point notch{n * std::sin(wedge / 2), n * std::cos(wedge / 2)};
  const Point edge = notch - Point{0, r};
  return (q.x * -edge.y + (q.y - r) * edge.x) / length(edge);
}

Point turned(Point p, float turn) {
  return {p.x * std::cos(turn) - p.y * std::sin(turn), p.x * std::sin(turn) + p.y * std::cos(turn)};
}

}  // namespace

float marker_distance(std::size_t shape, Point p) {
  switch (shape) {
    case 0: return length(p) - 0.78f;
    case 1: return std::max(std::fabs(p.x), std::fabs(p.y)) - 0.69f;
    case 2: return polygon({p.x, p.y - 0.12f}, 3, 1.06f, 0);
    case 3: return (std::fabs(p.x) + std::fabs(p.y) * 0.86f - 0.92f) * 0.76f;
    case 4: return cross(p, 0.92f, 0.31f);
    case 5: return polygon({p.x, -p.y - 0.12f}, 3, 1.06f, 0);
    case 6: return star(p, 1.08f, 0.50f);
    case 7: return cross(turned(p, kPi / 4), 0.98f, 0.30f);
    case 8: return polygon(p, 6, 0.88f, 0);
    default: return std::max(length(p) - 0.92f, 0.44f - length(p));
  }
}

std::vector<float> marker_coverage(std::size_t shape, int side, float radius, float border) {
  std::vector<float> out(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  const float middle = static_cast<float>(side) / 2;
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const Point p{(static_cast<float>(x) + 0.5f - middle) / radius, (middle - static_cast<float>(y) - 0.5f) / radius};
      const float inside = border - marker_distance(shape, p) * radius;  // pixels from the edge
      out[static_cast<std::size_t>(y * side + x)] = std::clamp(inside + 0.5f, 0.0f, 1.0f);
    }
  return out;
}

}  // namespace loom
