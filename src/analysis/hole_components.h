// The holes of a latent space one by one: connected regions where the aggregate posterior is below a share of the
// prior.
#pragma once

#include <vector>

#include "analysis/density_field.h"

namespace loom {

struct Hole {
  double prior_mass = 0;  // of the prior inside
  double area = 0;
  Point deepest;    // the center of the cell farthest from the rim
  double depth = 0;  // its distance to the nearest cell that is not of the hole, an exact Euclidean one on the grid
};

// The components of {q < tau p} within |z| < radius, joined over the sides of cells, by falling prior mass. Without a
// radius the far field would join them all. If `labels` is given, it says for each cell which hole it is of, -1 for
// none.
std::vector<Hole> hole_components(const DensityField&, double tau, double radius,
                                  std::vector<std::int32_t>* labels = nullptr);

// Distance of each marked cell's center to the nearest center of one that is not marked, or of one beyond the border of
// the grid; 0 for the others; in cells. Felzenszwalb & Huttenlocher 2012, algorithm 1: exact, linear time.
std::vector<float> distance_inside(const std::vector<std::uint8_t>& marked, Index columns, Index rows);

}  // namespace loom
