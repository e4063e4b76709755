#include "explorer/draw/plane_canvas.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace loom {

void PlaneCanvas::segment(Point from, Point to, Color color, float thickness) const {
  painter.segment(from, to, color, thickness);
}

void PlaneCanvas::polyline(std::span<const Point> points, Color color, float thickness) const {
  std::vector<Point> path;
  path.reserve(points.size());
  for (const Point& z : points) path.push_back(screen(z));
  painter.polyline(path, color, thickness);
}

void PlaneCanvas::arrow(Point from, Point to, Color color, float thickness) const {
  const Point a = screen(from), b = screen(to);
  const float long_enough = length(b - a);
  segment(a, b, color, thickness);
  if (long_enough < 3) return;
  const float head = std::min(6.0f, 0.5f * long_enough);
  const Point along = (b - a) * (head / long_enough), across{-along.y * 0.55f, along.x * 0.55f};
  const Point back = b - along;
  painter.triangle(b, back + across, back - across, color);
}

void PlaneCanvas::ellipse(Point center, Point a, Point b, Color color, float thickness) const {
  constexpr int kCorners = 40;
  std::vector<Point> points;
  for (int i = 0; i <= kCorners; ++i) {
    const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / kCorners;
    points.push_back(center + a * std::cos(angle) + b * std::sin(angle));
  }
  polyline(points, color, thickness);
}

void PlaneCanvas::image(ImTextureID texture, Point low_corner, Point high_corner, Color tint) const {
  const Point top_left = screen({low_corner.x, high_corner.y}), bottom_right = screen({high_corner.x, low_corner.y});
  // Not snapped to pixels, so that neighbouring images share their edges exactly at any zoom.
  const Rect r{top_left.x, top_left.y, bottom_right.x - top_left.x, bottom_right.y - top_left.y};
  painter.unsnapped_image(texture, r, tint);
}

Rect PlaneCanvas::place_of_label(Point at, std::string_view text, Align align) const {
  const float width = painter.text_width(TextSize::small, text);
  const float left = at.x - (align == Align::center ? width / 2 : align == Align::right ? width : 0);
  return {left - 3, at.y - 8, width + 6, 16};
}

bool PlaneCanvas::has_room(Point at, std::string_view text) const {
  const Rect place = place_of_label(at, text, Align::center);
  return !words || std::ranges::none_of(*words, [&](const Rect& other) { return overlap(place, other); });
}

void PlaneCanvas::label(Point at, std::string_view text, Align align) const {
  Rect place = place_of_label(at, text, align);
  const auto covers = [&](const Rect& other) { return overlap(place, other); };
  for (int below = 0; words && below < 5 && std::ranges::any_of(*words, covers); ++below) place.y += 18, at.y += 18;
  painter.fill(place, with_alpha(painter.colors().plane, 0.8f), 4);
  painter.text(TextSize::small, at, painter.colors().muted, text, align);
  if (words) words->push_back(place);
}

void draw_grid_image(const PlaneCanvas& canvas, const LatentGrid& grid, ImTextureID texture) {
  if (!texture) return;
  const float width = static_cast<float>(grid.columns) * grid.cell, height = static_cast<float>(grid.rows) * grid.cell;
  canvas.image(texture, grid.low, grid.low + Point{width, height});
}

}  // namespace loom
