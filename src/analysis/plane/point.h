// A point of a plane: latent coordinates (z1, z2) here, screen coordinates in the explorer.
#pragma once

#include <cmath>

namespace loom {

struct Point {
  float x = 0, y = 0;

  Point operator+(Point o) const { return {x + o.x, y + o.y}; }
  Point operator-(Point o) const { return {x - o.x, y - o.y}; }
  Point operator*(float s) const { return {x * s, y * s}; }
  bool operator==(const Point&) const = default;
};

inline float length(Point p) { return std::sqrt(p.x * p.x + p.y * p.y); }

}  // namespace loom
