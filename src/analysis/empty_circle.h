// The largest circle without an encoded image whose center is likely under the prior: the biggest hole by another
// measure, without a grid or a width of posteriors.
#pragma once

#include <span>

#include "analysis/point_index.h"

namespace loom {

struct EmptyCircle {
  Point center;
  double radius = 0;     // distance to the nearest point
  double tolerance = 0;  // no circle is larger than radius + tolerance
};

// Largest empty circle with its center in the disc |z| <= disc_radius, by branch and bound on a quadtree: the distance
// to the nearest point changes by at most the length of a step, so a square's best is at most that of its center plus
// half its diagonal. Exact within 1e-6, or within `tolerance` if there are so many equally good circles that `most`
// squares do not separate them. No points: the disc itself.
EmptyCircle largest_empty_circle(const PointIndex& points, double disc_radius, std::size_t most = 400000);

}  // namespace loom
