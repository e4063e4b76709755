#include "plot/raster.h"

#include <algorithm>
#include <cmath>

namespace loom {

PictureRaster::PictureRaster(Index width, Index height, Color background)
    : width_(width), height_(height), pixels_(static_cast<std::size_t>(width * height), background | 0xff000000u) {}

void PictureRaster::blend(Index x, Index y, Color color, float coverage) {
  if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
  Color& pixel = pixels_[static_cast<std::size_t>(y * width_ + x)];
  const float alpha = static_cast<float>(color >> 24) / 255 * coverage;
  pixel = mixed(pixel, color | 0xff000000u, alpha);
}

// Every edge adds, to the pixels of each row that it passes, the signed share of the pixel to the right of it; the sum
// along the row is then the coverage.
void PictureRaster::add_edge(Position from, Position to) {
  if (from.y == to.y) return;
  const double sign = from.y < to.y ? 1 : -1;
  if (sign < 0) std::swap(from, to);
  const double slope = (to.x - from.x) / (to.y - from.y);
  const double last_row = static_cast<double>(rows_), last_column = static_cast<double>(columns_);
  for (double y = std::max(0.0, std::floor(from.y)); y < std::min(last_row, to.y); ++y) {
    const double begin = std::max(y, from.y), end = std::min(y + 1, to.y);
    const double height = (end - begin) * sign;
    const double a = std::clamp(from.x + slope * (begin - from.y), 0.0, last_column);
    const double b = std::clamp(from.x + slope * (end - from.y), 0.0, last_column);
    const double x0 = std::min(a, b), x1 = std::max(a, b);
    float* row = &steps_[static_cast<std::size_t>(static_cast<Index>(y) * (columns_ + 2))];
    // The covered area right of the edge within the columns up to x is quadratic between x0 and x1.
    double before = 0;
    for (Index column = static_cast<Index>(x0);; ++column) {
      const double right = static_cast<double>(column + 1);
      const double inside = std::min(right, x1) - x0;
      double area = x1 > x0 ? height * inside * inside / (2 * (x1 - x0)) : 0;
      if (right > x1) area += height * (right - x1);
      // `area` is the integral of coverage from x0 to the right end of this column; the step is its second difference.
      const double covered = area - before;
      row[column] += static_cast<float>(covered);
      row[column + 1] -= static_cast<float>(covered);
      before = area;
      if (right >= x1) {
        row[column + 1] += static_cast<float>(height);
        break;
      }
    }
  }
}

void PictureRaster::fill(const std::vector<std::vector<Position>>& polygons, Color color) {
  double low_x = 1e9, low_y = 1e9, high_x = -1e9, high_y = -1e9;
  for (const std::vector<Position>& polygon : polygons)
    for (const Position& p : polygon) {
      low_x = std::min(low_x, p.x), high_x = std::max(high_x, p.x);
      low_y = std::min(low_y, p.y), high_y = std::max(high_y, p.y);
    }
  const auto limited = [](double at, Index size) {
    return static_cast<Index>(std::clamp(at, 0.0, static_cast<double>(size)));
  };
  left_ = limited(std::floor(low_x), width_), top_ = limited(std::floor(low_y), height_);
  columns_ = limited(std::ceil(high_x), width_) - left_, rows_ = limited(std::ceil(high_y), height_) - top_;
  if (columns_ <= 0 || rows_ <= 0) return;
  steps_.assign(static_cast<std::size_t>(rows_ * (columns_ + 2)), 0);
  const Position origin{static_cast<double>(left_), static_cast<double>(top_)};
  const auto local = [&](Position p) { return Position{p.x - origin.x, p.y - origin.y}; };
  for (const std::vector<Position>& polygon : polygons)
    for (std::size_t i = 0; i < polygon.size(); ++i)
      add_edge(local(polygon[i]), local(polygon[(i + 1) % polygon.size()]));
  for (Index y = 0; y < rows_; ++y) {
    float coverage = 0;
    for (Index x = 0; x < columns_; ++x) {
      coverage += steps_[static_cast<std::size_t>(y * (columns_ + 2) + x)];
      const float visible = std::min(1.0f, std::fabs(coverage));
      if (visible > 1e-4f) blend(left_ + x, top_ + y, color, visible);
    }
  }
}

}  // namespace loom
