#include "explorer/layout.h"

namespace loom {
namespace {

constexpr float kReadingHeight = 148;   // z, three bars, the line about the crowd
constexpr float kLegendRow = 32;        // for a mouse
constexpr float kLegendRows = 6;        // title and five rows of two
constexpr float kSmallestGarment = 96;
constexpr float kChipHeight = 42, kChipWidth = 64;  // on phones: a marker above a name

// Chips below the plane, in one row or two; cuts them off the window.
void cut_chips(Rect& window, Layout& out) {
  out.legend_columns = window.width >= 10 * kChipWidth ? 10 : 5;
  out.legend_rows = 10 / out.legend_columns;
  const Rect strip = window.cut_bottom(static_cast<float>(out.legend_rows) * kChipHeight + kUnit);
  out.legend = {strip.x + kUnit / 2, strip.y + kUnit / 2, strip.width - kUnit, strip.height - kUnit};
}

Layout wide_layout(Rect window) {
  Layout out;
  out.panel = window.cut_right(std::clamp(0.28f * window.width, 340.0f, 420.0f));
  out.plane = window;
  Rect column = out.panel.inset(2 * kUnit);
  out.header = column.cut_top(kTouchTarget);
  column.cut_top(2 * kUnit);
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

Layout tall_layout(Rect window) {
  Layout out;
  out.arrangement = Arrangement::tall;
  out.panel = window;
  Rect header = window.cut_top(kTouchTarget + 2 * kUnit);
  out.header = {header.x + kUnit, header.y + kUnit, header.width - 2 * kUnit, kTouchTarget};
  const float side = std::clamp(0.4f * window.width, 136.0f, std::max(136.0f, 0.3f * window.height));
  Rect top = window.cut_top(side + kUnit);
  top.cut_bottom(kUnit);
  top.cut_left(kUnit);
  out.garment = top.cut_left(side);
  top.cut_left(1.5f * kUnit);
  top.cut_right(kUnit);
  out.reading = top;
  cut_chips(window, out);
  out.plane = window;
  return out;
}

Layout low_layout(Rect window) {
  Layout out;
  out.arrangement = Arrangement::low;
  out.panel = window;
  Rect column = window.cut_right(std::clamp(0.4f * window.width, 200.0f, 300.0f));
  column = column.inset(kUnit);
  out.header = column.cut_top(kTouchTarget);
  column.cut_top(kUnit);
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

Layout layout(float width, float height) {
  const Rect window{0, 0, width, height};
  if (width >= kWideFrom && height >= kWideHeight) return wide_layout(window);
  return width > 1.1f * height ? low_layout(window) : tall_layout(window);
}

}  // namespace loom
