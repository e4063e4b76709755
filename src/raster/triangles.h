// Triangles and rectangles with vertex colours and textures, drawn as on graphics cards: a pixel is painted if its
// center is inside, and of two triangles with a common edge exactly one paints a pixel on it (the top-left rule).
#pragma once

#include "raster/pixels.h"
#include "raster/texture.h"

namespace loom {

struct Vertex {
  float x, y;  // pixels, from the upper left corner
  float u, v;  // in the texture
  Color color;
};

// The target of drawing, the part of it that may be painted, and the texture; null means white.
struct Brush {
  Pixels& target;
  PixelBox clip;  // within the target
  const Texture* texture;
};

void fill_triangle(const Brush& brush, const Vertex& a, const Vertex& b, const Vertex& c);
// The triangles a b c and a c d; much faster if they form an axis-aligned rectangle of one colour.
void fill_quad(const Brush& brush, const Vertex& a, const Vertex& b, const Vertex& c, const Vertex& d);

}  // namespace loom
