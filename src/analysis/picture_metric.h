// How much a small step in a latent plane changes the image: the pull-back metric G = J^T J of the decoder's mean
// picture (Shao, Kumar & Fletcher 2018; Arvanitidis, Hansen & Hauberg 2018), |picture(z + dz) - picture(z)|^2 ~ dz^T G
// dz. A decoder of means knows nothing of density, so G may be flat in holes (Hauberg 2018). N places, D
// latent dimensions.
#pragma once

#include <vector>

#include "analysis/latent_grid.h"
#include "analysis/latent_plane.h"

namespace loom {

// Symmetric, 2 x 2. Unit: squared picture distance per squared length in the plane.
struct Metric {
  float xx = 0, xy = 0, yy = 0;

  Metric operator+(Metric o) const { return {xx + o.xx, xy + o.xy, yy + o.yy}; }
  Metric operator*(float s) const { return {xx * s, xy * s, yy * s}; }
};

// dz^T G dz.
inline double square_length(const Metric& g, Point dz) {
  const double x = dz.x, y = dz.y;
  return g.xx * x * x + 2 * (g.xy * x * y) + g.yy * y * y;
}

// sqrt(det G): area of pictures per area of the plane (magnification factor: Bishop, Svensen & Williams 1997).
double magnification(const Metric&);

// Eigenvalues, and the angle in radians of the direction that changes the picture most, in (-pi/2, pi/2].
struct MetricAxes {
  double large = 0, small = 0, angle = 0;
};
MetricAxes metric_axes(const Metric&);

// sqrt(large / small): 1 where all directions are alike; at most 1e3.
double anisotropy(const Metric&);

// The ellipse of all steps that change the picture by `distance`: dz^T G dz = distance^2. Half axes in the plane;
// `across` the long one lies along angle + pi/2, where little changes. At most `longest` each.
struct MetricEllipse {
  double along = 0, across = 0, angle = 0;  // half axis at `angle`, the short one, and the one at a right angle to it
};
MetricEllipse metric_ellipse(const Metric&, double distance, double longest);

enum class PictureSpace {
  pixels,  // Euclidean distance of mean pictures
  fisher,  // Fisher-Rao distance of Bernoulli pixels, G = sum_p p (1 - p) grad l grad l^T: matches the loss better
};

struct MetricScratch {
  Workspace workspace;
  Matrix z, picture;
};

// G at places of a plane, by central differences: four decoded pictures each. Exact up to 1 % or so in single
// precision.
void metrics_at(const Model&, PictureSpace, const LatentPlane&, std::span<const Point> places, std::vector<Metric>& out,
                MetricScratch&);

// G on a grid, filled in slices from the middle outwards; cells that are not filled hold 0.
struct MetricField {
  LatentGrid grid;
  std::vector<Metric> cells;
  std::vector<std::uint32_t> order;
  std::size_t filled = 0;

  bool complete() const { return filled == order.size(); }
};
MetricField empty_metric_field(const LatentGrid&);

// The next `cells` cells: 4 * cells decoded pictures.
void fill_metric_field(MetricField&, const Model&, PictureSpace, const LatentPlane&, std::size_t cells, MetricScratch&);

// Between the centers of cells, bilinear.
Metric sample_metric(const MetricField&, Point z);

// "Stay near the data": G * (mean of q / (q + epsilon)), for a density field on the same grid; epsilon is a share of
// the mean of q over the cells' images, sum q^2 / sum q. Throws Error for another grid.
MetricField near_data_metric(const MetricField&, std::span<const float> density, double epsilon);

}  // namespace loom
