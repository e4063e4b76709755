// The length of a path in latent space, as the change of the decoded image along it: the integral of |d picture / dt|,
// root mean square over pixels, grey values in [0, 1]. Adding up the differences between a few images cuts corners, by
// up to 27 % with 11 images, so the path is divided until the sum has converged.
#pragma once

#include "analysis/metric/picture_change.h"

namespace loom {

// A measurement in progress, so that it can be done in slices.
class PathLength {
 public:
  // The polyline through the rows of `path` (N, D), N >= 2.
  explicit PathLength(Matrix path);

  // Decodes at most `places` more codes of the path. Returns true when done: when twice as many codes change the
  // length by less than 0.5 %.
  bool advance(const Model&, Index places, ChangeScratch&);

  bool done() const { return done_; }
  double length() const { return length_; }  // of the finest division so far

 private:
  Matrix codes(Index first, Index count) const;

  Matrix path_;
  Index parts_ = 1;       // of each piece of the polyline
  Index measured_ = 0;    // codes decoded of this division
  double sum_ = 0;        // of the changes between them
  double length_ = 0;
  bool divided_ = false;  // length_ holds the length of the division before
  bool done_ = false;
};

}  // namespace loom
