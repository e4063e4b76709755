#include "raster/path.h"

#include <algorithm>
#include <cmath>

#include "raster/blend.h"

namespace loom {
namespace {

// The change of coverage from each pixel of a row to the next, in a box around the polygons.
struct Steps {
  int columns, rows;
  std::vector<float> values;  // rows of columns + 2

  float* row(int y) { return values.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(columns + 2); }

  // Adds an edge. In each row that it crosses, the cumulative sum along the row grows by the signed share of each
  // pixel that lies to the right of the edge. After all edges, the cumulative sum is the coverage.
  void add_edge(Position from, Position to) {
    if (from.y == to.y) return;
    const double sign = from.y < to.y ? 1 : -1;
    if (sign < 0) std::swap(from, to);
    const double slope = (to.x - from.x) / (to.y - from.y);
    for (double y = std::max(0.0, std::floor(from.y)); y < std::min<double>(rows, to.y); ++y) {
      const double begin = std::max(y, from.y), end = std::min(y + 1, to.y);
      const double a = std::clamp<double>(from.x + slope * (begin - from.y), 0, columns);
      const double b = std::clamp<double>(from.x + slope * (end - from.y), 0, columns);
      add_piece(row(static_cast<int>(y)), std::min(a, b), std::max(a, b), (end - begin) * sign);
    }
  }

 private:
  // Adds an edge from x0 to x1 within a row. The area to the right of it, up to a column, is quadratic between x0
  // and x1.
  static void add_piece(float* steps, double x0, double x1, double height) {
    double before = 0;
    for (int column = static_cast<int>(x0);; ++column) {
      const double right = column + 1.0, inside = std::min(right, x1) - x0;
      double area = x1 > x0 ? height * inside * inside / (2 * (x1 - x0)) : 0;
      if (right > x1) area += height * (right - x1);
      // `area` is the integral of coverage from x0 to the right end of this column; the step is its second difference.
      const double covered = area - before;
      steps[column] += static_cast<float>(covered);
      steps[column + 1] -= static_cast<float>(covered);
      before = area;
      if (right < x1) continue;
      steps[column + 1] += static_cast<float>(height);
      return;
    }
  }
};

}  // namespace

void cover(const Polygons& polygons, int width, int height, const PaintCoverage& paint) {
  double low_x = 1e9, low_y = 1e9, high_x = -1e9, high_y = -1e9;
  for (const Polygon& polygon : polygons)
    for (const Position& p : polygon) {
      low_x = std::min(low_x, p.x), high_x = std::max(high_x, p.x);
      low_y = std::min(low_y, p.y), high_y = std::max(high_y, p.y);
    }
  const auto limited = [](double at, int size) { return static_cast<int>(std::clamp<double>(at, 0, size)); };
  const int left = limited(std::floor(low_x), width), top = limited(std::floor(low_y), height);
  Steps steps{limited(std::ceil(high_x), width) - left, limited(std::ceil(high_y), height) - top, {}};
  if (steps.columns <= 0 || steps.rows <= 0) return;
  steps.values.assign(static_cast<std::size_t>(steps.rows) * static_cast<std::size_t>(steps.columns + 2), 0);
  const auto local = [&](Position p) { return Position{p.x - left, p.y - top}; };
  for (const Polygon& polygon : polygons)
    for (std::size_t i = 0; i < polygon.size(); ++i)
      steps.add_edge(local(polygon[i]), local(polygon[(i + 1) % polygon.size()]));
  std::vector<std::uint8_t> coverage(static_cast<std::size_t>(steps.columns));
  for (int y = 0; y < steps.rows; ++y) {
    const float* step = steps.row(y);
    float sum = 0;
    for (std::uint8_t& share : coverage) {
      sum += *step++;
      share = static_cast<std::uint8_t>(std::min(1.0f, std::fabs(sum)) * 255 + 0.5f);
    }
    paint(left, top + y, steps.columns, coverage.data());
  }
}

void fill_polygons(Pixels& target, const Polygons& polygons, Color color) {
  cover(polygons, target.width, target.height, [&](int left, int y, int count, const std::uint8_t* coverage) {
    blend_covered(target.row(y) + left, count, color, coverage);
  });
}

}  // namespace loom
