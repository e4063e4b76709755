// What a frame draws on the map, as SVG: shapes stay shapes, text stays text, a mark is one <use> of its symbol. While
// Atlas::vectors points to one, painters write to it instead of drawing. Lengths are in points.
#pragma once

#include <imgui.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/color.h"
#include "explorer/state/rect.h"

namespace loom {

class VectorPicture {
 public:
  // radius: of the corners; thickness 0: filled.
  void rect(Rect r, Color color, float radius, float thickness = 0);
  void ellipse(Point center, float radius_x, float radius_y, Color color, float thickness = 0, bool dashed = false);
  void path(std::span<const Point> points, Color color, float thickness);  // thickness 0: a filled polygon
  void image(ImTextureID texture, Rect r, Color tint);
  void mark(std::size_t shape, Point center, float radius, Color color);
  // `middle`: where the line begins, vertically at its middle; height: as in kTextPoints.
  void text(Point middle, float height, Color color, std::string_view words);
  void clip(Rect r);  // until end_clip()
  void end_clip();

  // The document. Images have "texture:N" in the place of their data, where N is the id of the texture.
  std::string document(float width, float height, Color background) const;

 private:
  // The attributes of a shape's colour, and the end of its element.
  void paint(Color color, float thickness);

  std::string elements_, symbols_;
  std::vector<std::pair<std::size_t, float>> known_;  // shapes and radii that have a symbol
};

}  // namespace loom
