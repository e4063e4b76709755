// Film strips between two points of a latent space.
#pragma once

#include <optional>
#include <vector>

#include "analysis/metric/geodesic.h"
#include "analysis/metric/path_length.h"
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
  const Matrix& codes() const { return codes_; }  // (steps, D)
  // The points of a geodesic on the plane, finer than codes(); empty for other kinds.
  const std::vector<Point>& points() const { return search_.path; }

  // How much the image changes along the path and along the straight line between its ends (analysis/metric/
  // path_length.h), measured in slices of at most `places` codes. Returns true when both are known.
  bool measure(const Model&, Index places);
  double length() const { return path_length_ ? path_length_->length() : straight_length_.length(); }
  double straight_length() const { return straight_length_.length(); }
  // The search found no path that is shorter than the straight line, which is taken instead.
  bool is_straight() const { return is_straight_; }

 private:
  void spread(const Model&);

  RowVector from_, to_;
  Index steps_;
  Matrix codes_;
  Geodesic search_;
  Matrix fine_;                  // codes of the geodesic's points, once it is found
  PathLength straight_length_;
  std::optional<PathLength> path_length_;  // unless the path is straight
  bool is_straight_ = false;
  std::vector<double> lengths_;  // how much the image changes along each of its pieces measured so far
  ChangeScratch scratch_;
};

struct InterpolatedPath {
  PathKind kind;
  Matrix z;  // (steps, D)
  Matrix images;  // (steps, P)
  std::vector<double> changes;  // steps - 1: root mean square over pixels from each image to the next
  double length = 0;  // change along the whole path, which is more than the sum of `changes`
  bool found_no_shorter = false;  // a geodesic that is the straight line

  double largest() const;  // of the changes
};

// Computes a whole path at once. steps >= 2. Throws Error for a geodesic unless there are two latent dimensions.
InterpolatedPath interpolate(const Model&, PathKind, const RowVector& from, const RowVector& to, Index steps,
                             const OnProgress& = {});

}  // namespace loom
