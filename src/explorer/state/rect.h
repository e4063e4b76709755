// A rectangle of the screen, in points (CSS pixels); y grows downwards.
#pragma once

#include <algorithm>

#include "analysis/plane/point.h"

namespace loom {

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;

  bool operator==(const Rect&) const = default;
  float right() const { return x + width; }
  float bottom() const { return y + height; }
  Point center() const { return {x + width / 2, y + height / 2}; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  Rect inset(float by) const {  // negative: outset
    return {x + by, y + by, std::max(0.0f, width - 2 * by), std::max(0.0f, height - 2 * by)};
  }

  // These cut a strip off this rectangle and return it; `by` is clamped to the rectangle's size.
  Rect cut_top(float by) {
    const Rect strip{x, y, width, std::clamp(by, 0.0f, height)};
    y += strip.height, height -= strip.height;
    return strip;
  }
  Rect cut_bottom(float by) {
    const float h = std::clamp(by, 0.0f, height);
    height -= h;
    return {x, y + height, width, h};
  }
  Rect cut_left(float by) {
    const Rect strip{x, y, std::clamp(by, 0.0f, width), height};
    x += strip.width, width -= strip.width;
    return strip;
  }
  Rect cut_right(float by) {
    const float w = std::clamp(by, 0.0f, width);
    width -= w;
    return {x + width, y, w, height};
  }
};

// Whether two rectangles, neither of them empty, have points in common.
inline bool overlap(const Rect& a, const Rect& b) {
  return a.width > 0 && b.width > 0 && a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

}  // namespace loom
