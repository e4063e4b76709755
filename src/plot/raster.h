// Filled polygons with smooth edges: exact coverage of every pixel by signed area, as font rasterisers do it (Levien
// 2016, font-rs; the same method as stb_truetype's version 2).
#pragma once

#include <vector>

#include "plot/canvas.h"

namespace loom {

class PictureRaster {
 public:
  PictureRaster(Index width, Index height, Color background);

  Index width() const { return width_; }
  Index height() const { return height_; }
  const std::vector<Color>& pixels() const { return pixels_; }  // (height, width), opaque

  // Paints the union of polygons that run the same way round; one that runs the other way inside another is a hole.
  // Coordinates in pixels; what lies outside is cut off. Adds nothing for polygons without area.
  void fill(const std::vector<std::vector<Position>>& polygons, Color color);

  // Paints one pixel; `color` may be transparent. Outside of the picture nothing happens.
  void blend(Index x, Index y, Color color, float coverage = 1);

 private:
  void add_edge(Position from, Position to);

  Index width_, height_;
  std::vector<Color> pixels_;
  // Work memory of fill: changes of coverage from one pixel of a row to the next, over a box around the polygons.
  std::vector<float> steps_;
  Index left_ = 0, top_ = 0, columns_ = 0, rows_ = 0;
};

}  // namespace loom
