// The encoded images nearest to a place, in a latent space of any dimension, by comparing with all of them: ten
// thousand cost a fraction of a millisecond, and no index helps beyond a few dimensions. N images, D latent dimensions;
// mu is (N, D).
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.h"

namespace loom {

struct Neighbour {
  Index image = 0;
  float distance = 0;  // Euclidean
};

// The `count` nearest rows of mu to z (1, D), nearest first, of equals the lower number first; without row `except`
// (-1: none).
std::vector<Neighbour> nearest_codes(const Matrix& mu, const RowVector& z, std::size_t count, Index except = -1);

// Sums over images of the leave-one-out figures of the k nearest neighbours.
struct NeighbourSums {
  double right = 0;  // images whose class is that of most of their neighbours, of equals the lowest class
  double hits = 0;  // share of neighbours of the image's own class (neighbourhood hit: Paulovich et al. 2008)
  double entropy = 0;  // of the neighbours' classes, nats
  double images = 0;
  std::vector<double> right_by_class, images_by_class;

  void add(const NeighbourSums&);
  double accuracy() const { return images > 0 ? right / images : 0; }
  double mean_hits() const { return images > 0 ? hits / images : 0; }
  double mean_entropy() const { return images > 0 ? entropy / images : 0; }
};

// For the images [first, last): a slice of the work. labels < classes; fewer than k other images are all taken.
NeighbourSums neighbour_sums(const Matrix& mu, std::span<const std::uint8_t> labels, std::size_t classes, std::size_t k,
                             Index first, Index last);

}  // namespace loom
