// A rectangle with axes: round numbers, grid lines behind the data, titles with units.
#pragma once

#include <string>
#include <vector>

#include "plot/canvas.h"
#include "plot/theme.h"

namespace loom {

struct Axis {
  std::string title;  // with the unit
  double low = 0, high = 1;
  bool logarithmic = false;  // low > 0
};

// From values to places on the canvas.
struct PlotPlane {
  Box box;
  Axis x, y;

  double across(double value) const;
  double down(double value) const;
  Position at(double vx, double vy) const { return {across(vx), down(vy)}; }
  bool holds(double vx, double vy) const { return vx >= x.low && vx <= x.high && vy >= y.low && vy <= y.high; }
  double pixels_per_x() const { return box.width / (x.high - x.low); }
};

// The largest plane that fits into `outer` together with its numbers and titles, drawn.
PlotPlane draw_axes(Canvas&, const PictureTheme&, Box outer, const Axis& x, const Axis& y);

// [low, high] a little wider, so that nothing lies on the frame.
Axis axis_over(std::string title, double low, double high);

// Heights for labels, as near to the wished ones as possible, `gap` apart and within
// [top, bottom]; in the order of the wishes.
std::vector<double> spread(std::vector<double> wishes, double gap, double top, double bottom);

}  // namespace loom
