// A plane through a latent space of any dimension, so that everything that is drawn on a plane works for all models.
// For D = 2 it is the whole space; for D > 2 it spans two chosen axes or the two principal directions of the codes.
#pragma once

#include <span>
#include <vector>

#include "analysis/plane/point.h"
#include "model/checkpoint.h"

namespace loom {

// z = origin + p.x u + p.y v, with u and v the rows of `axes`.
struct LatentPlane {
  RowVector origin;  // (D)
  Matrix axes;  // (2, D), orthonormal; the second row is 0 where D = 1

  Index dimension() const { return origin.size(); }
};

// The plane through `origin` (D) along two axes. Throws Error unless they are different and below D; for D = 1 both
// must be 0.
LatentPlane axes_plane(const RowVector& origin, Index first, Index second);

// The plane z1, z2 through 0: the whole space of a two-dimensional model.
LatentPlane first_axes_plane(Index latent_dim);

// The plane through the mean of the codes (N, D) along the two directions of largest variance, each with its largest
// entry positive (Pearson 1901). Throws Error without codes or for D < 2.
LatentPlane principal_plane(const Matrix& mu);

// Share of the codes' variance that lies in the plane, in [0, 1].
double variance_in_plane(const LatentPlane&, const Matrix& mu);

// The latent codes of points on the plane.
void code_at(const LatentPlane&, Point p, Eigen::Ref<RowVector> z);
Matrix codes_at(const LatentPlane&, std::span<const Point> points);  // (points, D)
Point on_plane(const LatentPlane&, const Scalar* z);  // orthogonal projection of the code z (D)

// The encoded set projected onto the plane: the marginal of each posterior there. sigma is empty for a plain
// autoencoder. For a plane that is not parallel to axes, the two standard deviations are exact and their correlation
// is left out. A file may hold any finite numbers, so coordinates are clamped to +-1e6 and log-variances to +-24.
struct PlaneSet {
  std::vector<Point> mu, sigma;
};
PlaneSet plane_set(const LatentPlane&, const EncodedSet&);

// Number of classes: enough for all labels and for all class names.
std::size_t class_count(const ModelFile&);

}  // namespace loom
