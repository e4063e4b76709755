// A plot area with axes: ticks at round numbers, grid lines behind the data, titles with units.
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

// Maps values to positions on the canvas.
struct PlotPlane {
  Box box;
  Axis x, y;

  double across(double value) const;
  double down(double value) const;
  Position at(double vx, double vy) const { return {across(vx), down(vy)}; }
  bool holds(double vx, double vy) const { return vx >= x.low && vx <= x.high && vy >= y.low && vy <= y.high; }
  double pixels_per_x() const { return box.width / (x.high - x.low); }
};

// Draws the axes of the largest plot area that fits into `outer` together with tick labels and titles, and returns it.
PlotPlane draw_axes(Canvas&, const PictureTheme&, Box outer, const Axis& x, const Axis& y);

// An axis over [low, high], a little widened so that no data lie on the frame.
Axis axis_over(std::string title, double low, double high);

// Heights for labels, close to the desired ones, at least `gap` apart and within [top, bottom]; in the order of
// `wishes`.
std::vector<double> spread(std::vector<double> wishes, double gap, double top, double bottom);

}  // namespace loom
