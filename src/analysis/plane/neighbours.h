// The encoded images nearest to a code, in a latent space of any dimension. All images are compared: ten thousand take
// a fraction of a millisecond, and no index helps beyond a few dimensions. N images, D latent dimensions; mu is (N,
// D).
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.h"

namespace loom {

// How many neighbours vote on the class of an image wherever the accuracy of a latent space is stated.
inline constexpr std::size_t kVotingNeighbours = 15;

struct Neighbour {
  Index image = 0;
  float distance = 0;  // Euclidean
};

// The `count` rows of mu that are nearest to z (1, D), nearest first; ties by row number. Leaves out row `except` (-1:
// none).
std::vector<Neighbour> nearest_codes(const Matrix& mu, const RowVector& z, std::size_t count, Index except = -1);

// Leave-one-out statistics of the k nearest neighbours, summed over images.
struct NeighbourSums {
  double right = 0;  // images whose class is that of most neighbours; in a tie the lowest class counts
  double hits = 0;  // share of neighbours with the image's own class (neighbourhood hit: Paulovich et al. 2008)
  double entropy = 0;  // of the neighbours' classes, nats
  double images = 0;
  std::vector<double> right_by_class, images_by_class;

  void add(const NeighbourSums&);
  double accuracy() const { return images > 0 ? right / images : 0; }
  double mean_hits() const { return images > 0 ? hits / images : 0; }
  double mean_entropy() const { return images > 0 ? entropy / images : 0; }
};

// The sums for the images [first, last): a slice of the work. labels < classes. If there are fewer than k other
// images, all of them are used.
NeighbourSums neighbour_sums(const Matrix& mu, std::span<const std::uint8_t> labels, std::size_t classes, std::size_t k,
                             Index first, Index last);

}  // namespace loom
