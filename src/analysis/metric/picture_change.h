// How much the decoded image changes with z, and how well the encoder recovers a code from its image, measured at
// draws from the prior in a latent space of any dimension.
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

// Root mean square over pixels of picture(row i + 1) - picture(row i), for each pair of consecutive rows of a path
// (N, D) of latent codes: N - 1 numbers, pixels in [0, 1].
std::vector<double> picture_steps(const Model&, const Matrix& path, ChangeScratch&);

// Smoothness of the decoder: the change of the decoded picture for a step of kSmoothnessStep in a random direction
// from a draw of the prior, root mean square over pixels.
struct Smoothness {
  double sum = 0, worst = 0, draws = 0;

  void add(const Smoothness& o) {
    sum += o.sum, draws += o.draws;
    worst = worst > o.worst ? worst : o.worst;
  }
  double mean() const { return draws > 0 ? sum / draws : 0; }
};
inline constexpr double kSmoothnessStep = 0.01;

// The sums for draws number first .. last - 1. Each draw depends only on the seed and its number, so slices add up to
// the same result.
Smoothness map_smoothness(const Model&, std::uint64_t seed, Index first, Index last, ChangeScratch&);

// The mean of encode(decode(z)), minus z, for each row of z (N, D). 0 where encoder and decoder agree.
Matrix round_trip(const Model&, const Matrix& z, ChangeScratch&);

// Draws number first .. last - 1 of the prior, (last - first, D).
Matrix prior_draws(Index latent_dim, std::uint64_t seed, Index first, Index last);

// The value below which this share of the values lies (nearest-rank method); 0 without values.
double quantile(std::vector<double> values, double share);

}  // namespace loom
