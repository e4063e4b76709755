// Expectations over standard normal noise: E f(eps) ~ sum_k weight_k f(eps_k), eps ~ N(0, I) in D dimensions.
#pragma once

#include <vector>

#include "core/rng.h"
#include "core/types.h"

namespace loom {

struct NoiseRule {
  Matrix eps;                  // (K, D)
  std::vector<double> weight;  // K, sum 1
};

// Gauss-Hermite nodes, points^D of them: exact for polynomials up to degree 2 points - 1 in each coordinate (Abramowitz
// & Stegun 1964, 25.4.46 for the weight exp(-x^2/2)). For D <= 3. 1 <= points <= 32.
NoiseRule gauss_hermite_rule(int points, Index dimension);

// `count` random draws of equal weight.
NoiseRule sampled_rule(Index count, Index dimension, Rng rng);

// The default: 8 x 8 Gauss-Hermite nodes in two dimensions, 16 in one, 64 draws with a fixed seed in more.
NoiseRule default_rule(Index dimension);

}  // namespace loom
