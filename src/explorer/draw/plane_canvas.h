// Drawing at latent coordinates, for overlays and tools that draw on the plane.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "analysis/plane/latent_grid.h"
#include "explorer/draw/painter.h"
#include "explorer/draw/textures.h"
#include "explorer/state/view.h"

namespace loom {

struct PlaneCanvas {
  const Painter& painter;
  Rect area;
  View view;
  std::vector<Rect>* words = nullptr;  // places of the labels so far, so that later ones can avoid them

  // From latent coordinates to the screen and back; low() and high() are the corners of the visible part.
  Point screen(Point z) const { return to_screen(view, area, z); }
  Point latent(Point at) const { return to_latent(view, area, at); }
  float unit() const { return points_per_unit(view, area); }  // points per latent unit
  Point low() const { return latent({area.x, area.bottom()}); }
  Point high() const { return latent({area.right(), area.y}); }

  void segment(Point from, Point to, Color color, float thickness = 1) const;
  void polyline(std::span<const Point> points, Color color, float thickness = 1) const;
  void arrow(Point from, Point to, Color color, float thickness = 1) const;
  // An ellipse around `center` with the semi-axes a and b (perpendicular vectors).
  void ellipse(Point center, Point a, Point b, Color color, float thickness = 1) const;
  void image(ImTextureID texture, Point low, Point high, Color tint = 0xffffffff) const;
  // Small text on a translucent background, so that it can be read over markers.
  void label(Point at, std::string_view text, Align align = Align::center) const;
  // Whether a centred label would stay at `at`: nothing that is in `words` is in its way.
  bool has_room(Point at, std::string_view text) const;

 private:
  Rect place_of_label(Point at, std::string_view text, Align align) const;
};

// One pixel per cell; rows from the top, as in textures.
template <class ColorOf>
Pixels grid_pixels(const LatentGrid& grid, ColorOf&& color_of) {
  Pixels out{{}, static_cast<int>(grid.columns), static_cast<int>(grid.rows)};
  out.values.reserve(grid.size());
  for (Index row = grid.rows - 1; row >= 0; --row)
    for (Index column = 0; column < grid.columns; ++column)
      out.values.push_back(color_of(static_cast<std::size_t>(row * grid.columns + column)));
  return out;
}

// Draws a texture made from grid_pixels over the area of the grid.
void draw_grid_image(const PlaneCanvas& canvas, const LatentGrid& grid, ImTextureID texture);

// Hatches where inside(z) is true; the spacing of the lines on the screen does not depend on the zoom.
template <class Inside>
void hatch(const PlaneCanvas& canvas, Color color, Inside&& inside) {
  constexpr float kApart = 7, kStep = 3;
  const Rect& r = canvas.area;
  for (float start = r.x - r.height; start < r.right(); start += kApart) {
    Point from;
    bool open = false;
    for (float along = std::max(0.0f, r.x - start); along <= r.height; along += kStep) {
      const Point at{start + along, r.bottom() - along};
      const bool in = at.x <= r.right() && inside(canvas.latent(at));
      if (in && !open) from = at;
      if (!in && open) canvas.segment(from, {at.x - kStep, at.y + kStep}, color);
      open = in;
      if (at.x > r.right()) break;
    }
    if (open) canvas.segment(from, {start + r.height, r.y}, color);
  }
}

}  // namespace loom
