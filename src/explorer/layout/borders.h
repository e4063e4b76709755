// The lines that separate the plane (or both, when two models are compared) from the parts beside, above and below it.
#pragma once

#include <vector>

#include "explorer/layout/layout.h"

namespace loom {

struct Border {
  Point from, to;  // vertical or horizontal
};

// `plane`: the place of the plane, or of both. No lines if there is no plane.
inline std::vector<Border> borders(const Layout& layout, const Rect& plane) {
  std::vector<Border> out;
  if (plane.width <= 0) return out;
  const Rect panel = layout.panel;
  const bool column = plane.right() < panel.right();
  if (layout.arrangement != Arrangement::tall && column)
    out.push_back({{plane.right(), plane.y}, {plane.right(), panel.bottom()}});
  if (layout.arrangement != Arrangement::wide && plane.bottom() < panel.bottom())
    out.push_back({{plane.x, plane.bottom()}, {plane.right(), plane.bottom()}});
  if (layout.arrangement == Arrangement::tall && plane.y > panel.y)
    out.push_back({{plane.x, plane.y}, {plane.right(), plane.y}});
  return out;
}

}  // namespace loom
