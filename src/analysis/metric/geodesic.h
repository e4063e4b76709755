// The path between two points of a plane along which the image changes least: a shortest path over the cells of a
// metric field (Dijkstra 1959, sixteen neighbours; Chen et al. 2019 use a graph of codes), then relaxed to a smooth
// curve by minimising its energy (Shao, Kumar & Fletcher 2018, equation 4). Expect modest differences from the
// straight line: Shao et al. found latent spaces "surprisingly close to zero curvature".
#pragma once

#include "analysis/metric/picture_metric.h"

namespace loom {

// Length of a polyline under a metric field, using the metric at the midpoint of each segment.
double metric_length(const MetricField&, std::span<const Point> path);

// A search in progress, as a plain value. Made by begin_geodesic.
struct Geodesic {
  Point from, to;
  std::vector<Point> path;  // from .. to, evenly spaced by the metric; the straight line until the search is done
  double length = 0;  // of path, under the metric
  double straight_length = 0;
  bool done = false;

  // State of the search.
  struct Open {
    float distance;
    std::uint32_t cell;
    bool operator<(const Open& o) const { return distance > o.distance; }  // heaps have the nearest on top
  };
  std::vector<float> distance;
  std::vector<std::uint32_t> before;
  std::vector<Open> open;
  bool found = false;  // the path of cells is found and is being relaxed
  std::size_t points = 0;
  int level = 0, sweeps = 0;
};

// Starts the search for a path of `points` >= 3 points. The field must be complete.
Geodesic begin_geodesic(const MetricField&, Point from, Point to, std::size_t points);

// Continues the search for about `work` cells (a microsecond each); returns true when done. The result does not depend
// on how the work is divided into slices and is never longer than the straight line.
bool advance_geodesic(Geodesic&, const MetricField&, std::size_t work);

}  // namespace loom
