// How much a small step in a latent plane changes the image: the pull-back metric G = J^T J of the decoder's mean
// picture (Shao, Kumar & Fletcher 2018; Arvanitidis, Hansen & Hauberg 2018), with
// |picture(z + dz) - picture(z)|^2 ~ dz^T G dz. The mean picture contains no information about the density of the
// data, so G may be flat in holes (Hauberg 2018). N places, D latent dimensions.
#pragma once

#include <vector>

#include "analysis/plane/latent_grid.h"
#include "analysis/plane/latent_plane.h"

namespace loom {

// A symmetric 2 x 2 matrix. Unit: squared picture distance per squared length in the plane.
struct Metric {
  float xx = 0, xy = 0, yy = 0;

  Metric operator+(Metric o) const { return {xx + o.xx, xy + o.xy, yy + o.yy}; }
  Metric operator*(float s) const { return {xx * s, xy * s, yy * s}; }
};

// dz^T G dz, the squared length of the step dz.
inline double square_length(const Metric& g, Point dz) {
  const double x = dz.x, y = dz.y;
  return g.xx * x * x + 2 * (g.xy * x * y) + g.yy * y * y;
}

// sqrt(det G): area in picture space per area of the plane (magnification factor: Bishop, Svensen & Williams 1997).
double magnification(const Metric&);

// Eigenvalues, and the angle in radians of the direction that changes the picture most, in (-pi/2, pi/2].
struct MetricAxes {
  double large = 0, small = 0, angle = 0;
};
MetricAxes metric_axes(const Metric&);

// sqrt(large / small): 1 where all directions are alike; at most 1e3.
double anisotropy(const Metric&);

// The ellipse of all steps that change the picture by `distance`: dz^T G dz = distance^2. Its semi-axes are lengths in
// the plane, each at most `longest`. The long one lies at angle + pi/2, where the picture changes least.
struct MetricEllipse {
  double along = 0, across = 0, angle = 0;  // the short semi-axis, at `angle`, and the long one, perpendicular to it
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

// G at places of a plane, by central differences, which decode four pictures per place. The error is about 1 % in
// single precision.
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
// Cells along each side of the field in which a geodesic is searched, for the page and for the command line. Filling it
// decodes 9,216 pictures, which the page does between frames.
inline constexpr Index kMetricCells = 48;

MetricField empty_metric_field(const LatentGrid&);

// Computes G for the next `cells` cells, which decodes 4 * cells pictures.
void fill_metric_field(MetricField&, const Model&, PictureSpace, const LatentPlane&, std::size_t cells, MetricScratch&);

// The metric at z: bilinear between the centers of cells.
Metric sample_metric(const MetricField&, Point z);

// A metric whose geodesics stay near the data: G m / (q + epsilon m), for a density field q on the same grid and its
// typical value m = sum q^2 / sum q. Throws Error if the number of cells differs.
MetricField near_data_metric(const MetricField&, std::span<const float> density, double epsilon);

}  // namespace loom
