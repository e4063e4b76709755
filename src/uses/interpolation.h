// Film strips between two points of a latent space.
#pragma once

#include <vector>

#include "analysis/metric/geodesic.h"
#include "analysis/metric/picture_change.h"
#include "analysis/plane/latent_plane.h"
#include "uses/choices.h"
#include "uses/on_progress.h"

namespace loom {

// Codes along a path, found in slices. A geodesic is the path in a plane along which the image changes least
// (analysis/metric/geodesic.h); its codes are spread so that every step changes the image by the same amount.
class PathSearch {
 public:
  // steps >= 2; both ends are included.
  PathSearch(PathKind, const RowVector& from, const RowVector& to, Index steps);

  // Continues the search for at most a few milliseconds. Returns true when codes() is ready; for straight and
  // spherical paths it is ready from the beginning. A geodesic needs the complete metric field on the plane, the
  // same in each call.
  bool advance(const Model&, const LatentPlane&, const MetricField&);

  bool done() const { return codes_.rows() > 0; }
  const Matrix& codes() const { return codes_; }        // (steps, D)
  const Geodesic& geodesic() const { return search_; }  // its path is finer than codes(); empty for other kinds

 private:
  void spread(const Model&);

  RowVector from_, to_;
  Index steps_;
  Matrix codes_;
  Geodesic search_;
  Matrix fine_;                  // codes of the geodesic's points, once it is found
  std::vector<double> lengths_;  // how much the image changes along each of its pieces measured so far
  ChangeScratch scratch_;
};

struct InterpolatedPath {
  PathKind kind;
  Matrix z;  // (steps, D)
  Matrix images;  // (steps, P)
  std::vector<double> changes;  // steps - 1: root mean square over pixels from each image to the next

  double total() const;  // sum of the changes
  double largest() const;  // of the changes
};

// Computes a whole path at once. steps >= 2. Throws Error for a geodesic unless there are two latent dimensions.
InterpolatedPath interpolate(const Model&, PathKind, const RowVector& from, const RowVector& to, Index steps,
                             const OnProgress& = {});

}  // namespace loom
