// How much the decoded image changes along the latent space, and how well the encoder recovers a code from its image:
// figures over draws from the prior, in a latent space of any dimension.
#pragma once

#include <vector>

#include "core/rng.h"
#include "model/autoencoder.h"

namespace loom {

struct ChangeScratch {
  Workspace encoder, decoder;
  Matrix z, picture;
  Posterior posterior;
};

// Root mean square over pixels of picture(row i + 1) - picture(row i), for each pair of neighbours on a path (N, D) of
// latent codes: N - 1 numbers, pixels in [0, 1].
std::vector<double> picture_steps(const Model&, const Matrix& path, ChangeScratch&);

// Smoothness of the map: the change of the picture for a step of 0.01 in a random direction from a draw of the prior,
// root mean square over pixels.
struct Smoothness {
  double sum = 0, worst = 0, draws = 0;

  void add(const Smoothness& o) {
    sum += o.sum, draws += o.draws;
    worst = worst > o.worst ? worst : o.worst;
  }
  double mean() const { return draws > 0 ? sum / draws : 0; }
};
inline constexpr double kSmoothnessStep = 0.01;

// Draws number first .. last - 1. Each depends only on seed and number, so slices add up to the same result.
Smoothness map_smoothness(const Model&, std::uint64_t seed, Index first, Index last, ChangeScratch&);

// enc(dec(z)) - z, the encoder's mean (rows of z: (N, D)): arrows of zero length where the two agree.
Matrix round_trip(const Model&, const Matrix& z, ChangeScratch&);

// Draws number first .. last - 1 of the prior, (last - first, D).
Matrix prior_draws(Index latent_dim, std::uint64_t seed, Index first, Index last);

// The value below which this share of the values lies, the nearest rank; 0 for none.
double quantile(std::vector<double> values, double share);

}  // namespace loom
