// Film strips between two points of a latent space.
#pragma once

#include <string>
#include <vector>

#include "uses/latent_place.h"
#include "uses/on_progress.h"

namespace loom {

struct InterpolatedPath {
  std::string kind;             // "straight", "spherical" or "geodesic"
  Matrix z;                     // (steps, D), the ends included
  Matrix pictures;              // (steps, P)
  std::vector<double> changes;  // steps - 1: root mean square over pixels from each picture to the next

  double total() const;    // sum of the changes
  double largest() const;  // of the changes
};

// steps >= 2. Throws Error for an unknown kind, and for a geodesic in other than two dimensions. The geodesic is the
// way along which the picture changes least (analysis/geodesic.h), its steps evenly spread over that change.
InterpolatedPath interpolate(const Model&, const std::string& kind, const RowVector& from, const RowVector& to,
                             Index steps, const OnProgress& = {});

}  // namespace loom
