// The individual holes of a latent space: connected regions where the aggregate posterior is below a given fraction of
// the prior.
#pragma once

#include <vector>

#include "analysis/density/density_field.h"

namespace loom {

struct Hole {
  double prior_mass = 0;  // probability of the hole under the prior
  double area = 0;
  Point deepest;    // the center of the cell farthest from the rim
  double depth = 0;  // its Euclidean distance to the nearest cell outside the hole
};

// The connected components of {q < tau p} within |z| < radius, by decreasing prior mass. Cells are connected if they
// share a side. Without a radius the region far from the data would connect them all. If `labels` is not null, it
// receives the number of each cell's hole, -1 for none.
std::vector<Hole> hole_components(const DensityField&, double tau, double radius,
                                  std::vector<std::int32_t>* labels = nullptr);

// Distance of each marked cell's center to the nearest center of an unmarked cell, in cells; cells beyond the border
// of the grid count as unmarked. 0 for unmarked cells. Felzenszwalb & Huttenlocher 2012, algorithm 1: exact, linear
// time.
std::vector<float> distance_inside(const std::vector<std::uint8_t>& marked, Index columns, Index rows);

}  // namespace loom
