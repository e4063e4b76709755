// Maps points of the plane that is shown to codes of the whole latent space, and back.
//
//   z = center + sum_k w_k b_k,   w_k from the point for the plane's two directions, from the sliders for the others
//
// The b_k are the unit vectors, or the principal directions of the encoded means. The center is 0, the mean of the
// prior; without a prior it is the mean of the codes, but 0 along latent axes that span the plane.
#pragma once

#include <vector>

#include "analysis/plane/latent_plane.h"
#include "core/types.h"
#include "explorer/state/plane_choice.h"
#include "model/checkpoint.h"

namespace loom {

class Slice {
 public:
  Slice() = default;

  // A choice that is impossible for this model (an axis beyond its dimensions, principal directions without encoded
  // images) is replaced by the nearest possible one.
  Slice(const ModelFile& file, const PlaneChoice& choice);

  const PlaneChoice& choice() const { return choice_; }  // after that replacement
  Index dimensions() const { return center_.size(); }
  bool has_rest() const { return dimensions() > 2; }

  RowVector code(Point z) const;  // (D)
  LatentPlane plane() const;  // the same for the functions of analysis
  Point project(const RowVector& code) const;
  // The coordinates of a code along the other directions, for PlaneChoice::others.
  std::vector<float> weights(const RowVector& code) const;
  // The projection of an encoded set onto the plane, and the standard deviations of a posterior along its two
  // directions.
  PlaneSet project(const EncodedSet& set) const;
  Point deviation(const RowVector& logvar) const;
  // Standard deviation of the encoded means along direction k: the scale of its slider.
  float spread(Index k) const { return spreads_[static_cast<std::size_t>(k)]; }
  // Share of the variance of the means that direction k carries, in [0, 1].
  float share(Index k) const;

 private:
  PlaneChoice choice_;
  RowVector center_;  // (D)
  Matrix basis_;  // (D, D): one direction per row
  std::vector<float> spreads_;
};

// A direction's name: "z3", or "PC 3".
std::string direction_name(const PlaneChoice& choice, std::size_t k);

}  // namespace loom
