// The largest circle that contains no encoded image and whose center is likely under the prior: another measure of the
// largest hole, which needs neither a grid nor the widths of posteriors.
#pragma once

#include <span>

#include "analysis/plane/point_index.h"

namespace loom {

struct EmptyCircle {
  Point center;
  double radius = 0;     // distance to the nearest point
  double tolerance = 0;  // no circle is larger than radius + tolerance
};

// Largest empty circle with its center in the disc |z| <= disc_radius, by branch and bound on a quadtree: the distance
// to the nearest point changes by at most the length of a step, so within a square it is at most the distance at the
// center plus half the diagonal. Exact within 1e-6, or within `tolerance` if there are so many equally good circles
// that examining `most` squares does not separate them. Without points it is the disc itself.
EmptyCircle largest_empty_circle(const PointIndex& points, double disc_radius, std::size_t most = 400000);

}  // namespace loom
