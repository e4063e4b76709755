// A picture in memory, and a rectangular part of one.
#pragma once

#include <cstddef>
#include <vector>

#include "core/color.h"

namespace loom {

struct Pixels {
  std::vector<Color> values;  // width * height, rows from the top
  int width = 0, height = 0;

  Color* row(int y) { return values.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width); }
  const Color* row(int y) const {
    return values.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

inline Pixels blank(int width, int height, Color color) {
  return {std::vector<Color>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), color), width, height};
}

// Columns left ... right - 1 of rows top ... bottom - 1.
struct PixelBox {
  int left, top, right, bottom;
};

}  // namespace loom
