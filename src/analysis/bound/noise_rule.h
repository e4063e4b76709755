// Expectations over standard normal noise: E f(eps) ~ sum_k weight_k f(eps_k), eps ~ N(0, I) in D dimensions.
#pragma once

#include <vector>

#include "core/rng.h"
#include "core/types.h"

namespace loom {

// Either the same K points for all images or, so that the errors of random draws cancel in a mean over images, K of
// its own for each of B images.
struct NoiseRule {
  Matrix eps;                  // (K, D) or (B K, D)
  std::vector<double> weight;  // K, sum 1

  Index points() const { return static_cast<Index>(weight.size()); }
  Index first_of(Index image) const { return eps.rows() > points() ? image * points() : 0; }  // row of eps
};

// Gauss-Hermite nodes, points^D of them: exact for polynomials up to degree 2 points - 1 in each coordinate (Abramowitz
// & Stegun 1964, 25.4.46 for the weight exp(-x^2/2)). For D <= 3. 1 <= points <= 32.
NoiseRule gauss_hermite_rule(int points, Index dimension);

// `count` random draws of equal weight.
NoiseRule sampled_rule(Index count, Index dimension, Rng rng);

// The default: 8 x 8 Gauss-Hermite nodes in two dimensions, 16 in one; in more, 64 draws for each of `images` images
// from `first_image` on, which depend on the seed and on the number of the image.
NoiseRule default_rule(Index dimension, Index images = 1, std::uint64_t first_image = 0, std::uint64_t seed = 0);

}  // namespace loom
