// The rectangle of every part, as a pure function of the window's size. All lengths are in points (CSS pixels).
#pragma once

#include "explorer/state/parts.h"
#include "explorer/state/rect.h"

namespace loom {

inline constexpr float kUnit = 8;          // every distance is a multiple of it or its half
inline constexpr float kTouchTarget = 44;  // size of a button that a finger can press; height of the header

enum class Arrangement {
  wide,  // plane and a column beside it: desktops, tablets
  tall,  // image above, legend below: phones in portrait orientation
  low,   // plane and a narrow column, legend below the plane: phones in landscape orientation, small frames
};

// A part that is not shown has an empty rectangle; the others get its space.
struct Layout {
  Arrangement arrangement = Arrangement::wide;
  Rect plane;
  Rect panel;    // the background of everything but the plane
  Rect header;   // model picker and buttons
  Rect decoded;  // the decoded image, a square
  Rect reading;  // z and the classes near it
  Rect legend;   // empty if a tool takes its place
  Rect tool;     // empty without one
  Rect compared_plane, compared_decoded;  // of a second model; empty without one
  int legend_columns = 2;
  int legend_rows = 5;  // of ten classes

  // The area for cards: the plane, or the panel if there is no plane.
  const Rect& stage() const { return plane.width > 0 ? plane : panel; }

  bool operator==(const Layout&) const = default;
};

struct LayoutNeeds {
  bool tool = false;   // a tool is open: the image gets smaller
  bool split = false;  // two models are compared
  NameSet hidden = 0;  // parts (parts.h) that are not shown
};

// The layout of a window of this size.
Layout layout(float width, float height, LayoutNeeds needs = {});

}  // namespace loom
