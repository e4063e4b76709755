// Triangles and rectangles with vertex colours and textures, as graphics cards draw them: a pixel is painted if its
// middle is inside, and of two triangles with a common edge exactly one paints a pixel on it (the upper left rule).
#pragma once

#include "raster/pixels.h"
#include "raster/texture.h"

namespace loom {

struct Vertex {
  float x, y;  // pixels, from the upper left corner
  float u, v;  // in the texture
  Color color;
};

// What is drawn onto, where, and with which texture; null: white.
struct Brush {
  Pixels& target;
  PixelBox clip;  // within the target
  const Texture* texture;
};

void fill_triangle(const Brush& brush, const Vertex& a, const Vertex& b, const Vertex& c);
// The triangles a b c and a c d; much faster where they are an upright rectangle of one colour.
void fill_quad(const Brush& brush, const Vertex& a, const Vertex& b, const Vertex& c, const Vertex& d);

}  // namespace loom
