#include "explorer/layout.h"

#include <cmath>

namespace loom {
namespace {

constexpr float kReadingHeight = 148;   // z, three bars, the line about the crowd
constexpr float kLegendRow = 32;        // for a mouse
constexpr float kLegendRows = 6;        // title and five rows of two
constexpr float kSmallestGarment = 96;
constexpr float kSmallestTool = 212;    // a head and something to look at
constexpr float kLowStrip = 92;         // garment and reading below a low plane
constexpr float kChipsFrom = 220;       // height left for plane and chips; with less the plane takes all
constexpr float kChipHeight = 42, kChipWidth = 64;  // on phones: a marker above a name

// Chips below the plane, in one row or two; cuts them off the window.
void cut_chips(Rect& window, Layout& out) {
  out.legend_columns = window.width >= 10 * kChipWidth ? 10 : 5;
  out.legend_rows = 10 / out.legend_columns;
  const Rect strip = window.cut_bottom(static_cast<float>(out.legend_rows) * kChipHeight + kUnit);
  out.legend = {strip.x + kUnit / 2, strip.y + kUnit / 2, strip.width - kUnit, strip.height - kUnit};
}

// Two squares beside each other, or one, in a strip; returns what is left of it for the reading.
Rect cut_garments(Rect strip, float side, bool split, Layout& out) {
  const float each = split ? 0.72f * side : side;
  Rect first = strip.cut_left(each);
  out.garment = {first.x, first.y, each, each};
  if (split) {
    strip.cut_left(kUnit / 2);
    Rect second = strip.cut_left(each);
    out.other_garment = {second.x, second.y, each, each};
  }
  strip.cut_left(1.5f * kUnit);
  return strip;
}

// Halves of the plane, beside each other or one above the other.
void split_plane(Layout& out) {
  Rect rest = out.plane;
  if (rest.width >= rest.height) {
    out.other_plane = rest.cut_right(std::floor(rest.width / 2));
    rest.width -= 1;
  } else {
    out.other_plane = rest.cut_bottom(std::floor(rest.height / 2));
    rest.height -= 1;
  }
  out.plane = rest;
}

Layout wide_layout(Rect window, LayoutNeeds needs) {
  Layout out;
  out.panel = window.cut_right(std::clamp(0.28f * window.width, 340.0f, 420.0f));
  out.plane = window;
  Rect column = out.panel.inset(2 * kUnit);
  out.header = column.cut_top(kTouchTarget);
  column.cut_top(2 * kUnit);
  if (needs.tool) {
    const float side = std::clamp(0.22f * column.height, kReadingHeight, 176.0f);
    out.reading = cut_garments(column.cut_top(side), side, needs.split, out);
    column.cut_top(2 * kUnit);
    out.tool = column;
    return out;
  }
  const float rest = kReadingHeight + kLegendRows * kLegendRow + 4 * kUnit;
  const float side = std::clamp(column.height - rest, kSmallestGarment, column.width);
  const Rect strip = column.cut_top(side);
  out.garment = {strip.center().x - side / 2, strip.y, side, side};
  column.cut_top(2 * kUnit);
  out.reading = column.cut_top(kReadingHeight);
  column.cut_top(2 * kUnit);
  out.legend = column;
  return out;
}

Layout tall_layout(Rect window, LayoutNeeds needs) {
  Layout out;
  out.arrangement = Arrangement::tall;
  out.panel = window;
  Rect header = window.cut_top(kTouchTarget + 2 * kUnit);
  out.header = {header.x + kUnit, header.y + kUnit, header.width - 2 * kUnit, kTouchTarget};
  const float wanted = std::clamp(0.4f * window.width, 136.0f, std::max(136.0f, 0.3f * window.height));
  const float side = needs.tool ? 104 : wanted;
  Rect top = window.cut_top(side + kUnit);
  top.cut_bottom(kUnit);
  top.cut_left(kUnit);
  top.cut_right(kUnit);
  out.reading = cut_garments(top, side, needs.split, out);
  if (needs.tool) {
    Rect strip = window.cut_bottom(std::clamp(0.36f * window.height, kSmallestTool, 340.0f));
    out.tool = {strip.x + kUnit, strip.y + kUnit / 2, strip.width - 2 * kUnit, strip.height - kUnit / 2};
  } else if (window.height >= kChipsFrom) {
    cut_chips(window, out);
  }
  out.plane = window;
  return out;
}

Layout low_layout(Rect window, LayoutNeeds needs) {
  Layout out;
  out.arrangement = Arrangement::low;
  out.panel = window;
  Rect column = window.cut_right(std::clamp(0.4f * window.width, 200.0f, 300.0f));
  column = column.inset(kUnit);
  out.header = column.cut_top(kTouchTarget);
  column.cut_top(kUnit);
  if (needs.tool) {
    out.tool = column;
    Rect strip = window.cut_bottom(kLowStrip);
    strip = strip.inset(kUnit / 2);
    out.reading = cut_garments(strip, strip.height, needs.split, out);
    out.plane = window;
    return out;
  }
  const float side = std::clamp(column.height - kReadingHeight - kUnit, 64.0f, column.width);
  const Rect strip = column.cut_top(side);
  out.garment = {strip.center().x - side / 2, strip.y, side, side};
  column.cut_top(kUnit);
  out.reading = column;
  cut_chips(window, out);
  out.plane = window;
  return out;
}

constexpr float kWideFrom = 720, kWideHeight = 520;

}  // namespace

Layout layout(float width, float height, LayoutNeeds needs) {
  const Rect window{0, 0, width, height};
  Layout out = width >= kWideFrom && height >= kWideHeight ? wide_layout(window, needs)
               : width > 1.1f * height                     ? low_layout(window, needs)
                                                           : tall_layout(window, needs);
  if (needs.split) split_plane(out);
  return out;
}

}  // namespace loom
