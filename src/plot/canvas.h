// A figure as a list of shapes in the order they are painted. It is written as SVG or PNG (plot/svg.h, plot/png.h).
// Lengths are CSS pixels (1/96 inch), x to the right and y down from the upper left corner.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/color.h"
#include "core/types.h"
#include "raster/path.h"

namespace loom {

struct Box {
  double left = 0, top = 0, width = 0, height = 0;
  double right() const { return left + width; }
  double bottom() const { return top + height; }
};

enum class TextAlign { left, middle, right };

struct RectangleItem {
  Box box;
  Color fill;
};
struct PolygonItem {
  std::vector<Position> points;  // closed automatically
  Color fill;
};
struct LineItem {
  std::vector<Position> points;
  double width;
  Color color;
  double dash = 0;  // length of dashes and gaps; 0 for a solid line
};
struct CircleItem {
  Position center;
  double radius;
  Color fill;
};
// A class's shape (raster/marker_shapes.h) that fits into a circle of `radius`.
struct MarkerItem {
  Position center;
  double radius;
  std::size_t shape;
  Color fill;
};
struct TextItem {
  Position at;  // on the baseline: its left end, middle or right end, depending on `align`
  std::string text;
  double size;  // font size (em)
  Color color;
  TextAlign align = TextAlign::left;
  bool upwards = false;  // rotated by 90 degrees counter-clockwise, for the title of a vertical axis
};
// Pixels drawn as squares with a side of `scale`; a whole number keeps them equally large.
struct ImageItem {
  Position at;  // upper left corner
  Index width, height, scale;
  std::vector<Color> pixels;  // (height, width)
  std::string description;  // alternative text
};

using CanvasItem = std::variant<RectangleItem, PolygonItem, LineItem, CircleItem, MarkerItem, TextItem, ImageItem>;

struct Canvas {
  double width, height;
  Color background;
  std::string description = {};  // alternative text of the whole picture, for screen readers
  std::vector<CanvasItem> items = {};

  template <class Item>
  void add(Item item) {
    items.push_back(std::move(item));
  }
  void rectangle(Box box, Color fill) { add(RectangleItem{box, fill}); }
  void frame(Box box, Color color, double line_width = 1);  // the outline, inside the box
  void line(Position from, Position to, double line_width, Color color, double dash = 0) {
    add(LineItem{{from, to}, line_width, color, dash});
  }
  void text(Position at, std::string_view words, double size, Color color, TextAlign align = TextAlign::left) {
    add(TextItem{at, std::string(words), size, color, align});
  }
};

}  // namespace loom
