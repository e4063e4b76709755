#include "explorer/layout/layout.h"

#include <cmath>

namespace loom {
namespace {

constexpr float kReadingHeight = 148;   // z, three bars, the line about the density
constexpr float kLegendRow = 32;        // for a mouse
constexpr float kLegendRows = 6;        // title and five rows of two
constexpr float kSmallestImage = 96;
constexpr float kSmallestTool = 212;    // the title and some content
constexpr float kLowStrip = 92;         // image and reading below a low plane
constexpr float kChipsFrom = 220;       // least height of plane and chips together; in less there are no chips
constexpr float kChipHeight = kTouchTarget, kChipWidth = 64;  // on phones: a marker above a name
constexpr float kWidestReading = 420;   // wider bars would show nothing more

// Which parts are shown and need space.
struct Shown {
  bool header, decoded, reading, legend, tool, split;

  explicit Shown(LayoutNeeds needs)
      : header(has(needs, Part::picker) || has(needs, Part::share) || has(needs, Part::theme) ||
               has(needs, Part::help)),
        decoded(has(needs, Part::decoded)),
        reading(has(needs, Part::reading)),
        legend(has(needs, Part::legend) && !needs.tool),
        tool(needs.tool && has(needs, Part::tool)),
        split(needs.split) {}

  bool only_decoded() const { return decoded && !reading && !legend && !tool; }
  bool pictures() const { return decoded || reading; }

 private:
  static bool has(LayoutNeeds needs, Part part) { return (needs.hidden & bit(part)) == 0; }
};

// Cuts the class chips off the bottom of the window, in one row or two.
void cut_chips(Rect& window, Layout& out) {
  out.legend_columns = window.width >= 10 * kChipWidth ? 10 : 5;
  out.legend_rows = 10 / out.legend_columns;
  const Rect strip = window.cut_bottom(static_cast<float>(out.legend_rows) * kChipHeight + kUnit);
  out.legend = {strip.x + kUnit / 2, strip.y + kUnit / 2, strip.width - kUnit, strip.height - kUnit};
}

// A square in the middle of a strip.
Rect square_in(const Rect& strip) {
  const float side = std::min(strip.width, strip.height);
  return {strip.center().x - side / 2, strip.y + (strip.height - side) / 2, side, side};
}

// Places one or two square images in a strip and the reading in the rest. A part that is alone takes the whole strip.
void cut_pictures(Rect strip, float side, const Shown& shown, Layout& out) {
  if (!shown.decoded) {
    out.reading = strip;
    return;
  }
  const float each = shown.split ? 0.72f * side : side;
  const float width = shown.split ? 2 * each + kUnit / 2 : each;
  if (!shown.reading) strip.cut_left((strip.width - width) / 2);
  const Rect first = strip.cut_left(each);
  out.decoded = {first.x, first.y, each, each};
  if (shown.split) {
    strip.cut_left(kUnit / 2);
    const Rect second = strip.cut_left(each);
    out.compared_decoded = {second.x, second.y, each, each};
  }
  strip.cut_left(1.5f * kUnit);
  if (shown.reading) out.reading = strip;
}

// Splits the plane into two halves, side by side or one above the other.
void split_plane(Layout& out) {
  Rect rest = out.plane;
  if (rest.width >= rest.height) {
    out.compared_plane = rest.cut_right(std::floor(rest.width / 2));
    rest.width -= 1;
  } else {
    out.compared_plane = rest.cut_bottom(std::floor(rest.height / 2));
    rest.height -= 1;
  }
  out.plane = rest;
}

Layout wide_layout(Rect window, const Shown& shown) {
  Layout out;
  out.panel = window.cut_right(std::clamp(0.28f * window.width, 340.0f, 420.0f));
  out.plane = window;
  Rect column = out.panel.inset(2 * kUnit);
  if (shown.header) {
    out.header = column.cut_top(kTouchTarget);
    column.cut_top(2 * kUnit);
  }
  if (shown.tool) {
    const float side = std::clamp(0.22f * column.height, kReadingHeight, 176.0f);
    if (shown.pictures()) {
      cut_pictures(column.cut_top(side), side, shown, out);
      column.cut_top(2 * kUnit);
    }
    out.tool = column;
    return out;
  }
  if (shown.decoded) {
    const float rest =
        (shown.reading ? kReadingHeight + 2 * kUnit : 0) + (shown.legend ? kLegendRows * kLegendRow + 2 * kUnit : 0);
    const float side = std::clamp(column.height - rest, kSmallestImage, column.width);
    out.decoded = square_in(column.cut_top(shown.only_decoded() ? column.height : side));
    column.cut_top(2 * kUnit);
  }
  if (shown.reading) {
    out.reading = column.cut_top(kReadingHeight);
    column.cut_top(2 * kUnit);
  }
  if (shown.legend) out.legend = column;
  return out;
}

// The row of buttons across the window's top.
void cut_header(Rect& window, Layout& out) {
  const Rect strip = window.cut_top(kTouchTarget + 2 * kUnit);
  out.header = {strip.x + kUnit, strip.y + kUnit, strip.width - 2 * kUnit, kTouchTarget};
}

Layout tall_layout(Rect window, const Shown& shown) {
  Layout out;
  out.arrangement = Arrangement::tall;
  out.panel = window;
  if (shown.header) cut_header(window, out);
  if (shown.pictures()) {
    if (!shown.header) window.cut_top(kUnit);
    const float wanted = std::clamp(0.4f * window.width, 136.0f, std::max(136.0f, 0.3f * out.panel.height));
    const float side = shown.tool || !shown.decoded ? 104 : wanted;
    Rect top = window.cut_top(side + kUnit);
    top.cut_bottom(kUnit);
    top.cut_left(kUnit);
    top.cut_right(kUnit);
    cut_pictures(top, side, shown, out);
  }
  if (shown.tool) {
    const Rect strip = window.cut_bottom(std::clamp(0.36f * window.height, kSmallestTool, 340.0f));
    out.tool = {strip.x + kUnit, strip.y + kUnit / 2, strip.width - 2 * kUnit, strip.height - kUnit / 2};
  } else if (shown.legend && window.height >= kChipsFrom) {
    cut_chips(window, out);
  }
  out.plane = window;
  return out;
}

Layout low_layout(Rect window, const Shown& shown) {
  Layout out;
  out.arrangement = Arrangement::low;
  out.panel = window;
  const bool alone = shown.only_decoded();  // centred, and larger
  Rect column = window.cut_right(alone ? std::clamp(0.42f * window.width, 160.0f, std::max(160.0f, window.height))
                                       : std::clamp(0.4f * window.width, 200.0f, 300.0f));
  column = column.inset(kUnit);
  if (shown.header) {
    out.header = column.cut_top(kTouchTarget);
    column.cut_top(kUnit);
  }
  if (shown.tool) {
    out.tool = column;
    if (shown.pictures()) {
      const Rect strip = window.cut_bottom(kLowStrip).inset(kUnit / 2);
      cut_pictures(strip, strip.height, shown, out);
    }
    out.plane = window;
    return out;
  }
  if (shown.decoded) {
    const float reading = shown.reading ? kReadingHeight + kUnit : 0;
    out.decoded =
        square_in(column.cut_top(alone ? column.height : std::clamp(column.height - reading, 64.0f, column.width)));
    column.cut_top(kUnit);
  }
  if (shown.reading) out.reading = column;
  if (shown.legend) cut_chips(window, out);
  out.plane = window;
  return out;
}

// Without a plane: the images as large as possible, and the other parts beside or below them.
Layout planeless_layout(Rect window, const Shown& shown) {
  Layout out;
  out.panel = window;
  out.arrangement = window.width > window.height ? Arrangement::low : Arrangement::tall;
  const bool beside = out.arrangement == Arrangement::low;
  if (shown.header) cut_header(window, out);
  if (shown.legend) cut_chips(window, out);
  Rect rest = window.inset(kUnit);
  if (shown.tool) {
    const bool alone = !shown.pictures();
    out.tool = alone    ? rest
               : beside ? rest.cut_right(std::clamp(0.5f * rest.width, 200.0f, 420.0f))
                        : rest.cut_bottom(std::max(kSmallestTool, 0.5f * rest.height));
    beside ? rest.cut_right(kUnit) : rest.cut_bottom(kUnit);
  }
  if (!shown.pictures()) return out;
  if (shown.reading && shown.decoded) {
    // The text gets only the space that the square image leaves.
    const float spare = beside ? rest.width - rest.height : rest.height - rest.width;
    const float least = beside ? 160 : kReadingHeight;
    const float most = beside ? std::min(kWidestReading, 0.5f * rest.width) : 0.5f * rest.height;
    const float size = std::clamp(spare, std::min(least, most), most);
    out.reading = beside ? rest.cut_right(size) : rest.cut_bottom(std::min(size, kReadingHeight));
    beside ? rest.cut_right(2 * kUnit) : rest.cut_bottom(kUnit);
  } else if (shown.reading) {
    out.reading = rest;
    return out;
  }
  if (shown.split) {
    const Rect second = beside ? rest.cut_right(rest.width / 2) : rest.cut_bottom(rest.height / 2);
    out.compared_decoded = square_in(second.inset(kUnit / 2));
    rest = rest.inset(kUnit / 2);
  }
  out.decoded = square_in(rest);
  if (beside && shown.reading) out.reading.y = out.decoded.y, out.reading.height -= out.decoded.y - rest.y;
  return out;
}

constexpr float kWideFrom = 720, kWideHeight = 520;

}  // namespace

Layout layout(float width, float height, LayoutNeeds needs) {
  const Rect window{0, 0, width, height};
  const Shown shown(needs);
  if ((needs.hidden & bit(Part::plane)) != 0) return planeless_layout(window, shown);
  // Without parts that need a column there is none, and the header is above the plane.
  const bool beside = shown.pictures() || shown.tool || (shown.legend && width >= kWideFrom && height >= kWideHeight);
  Layout out = !beside                                       ? tall_layout(window, shown)
               : width >= kWideFrom && height >= kWideHeight ? wide_layout(window, shown)
               : width > 1.1f * height                       ? low_layout(window, shown)
                                                             : tall_layout(window, shown);
  if (needs.split) split_plane(out);
  return out;
}

}  // namespace loom
