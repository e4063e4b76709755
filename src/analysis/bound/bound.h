// Bounds on log p(x) per image, in a latent space of any dimension. B images, D latent dimensions, K noise points.
#pragma once

#include "analysis/bound/noise_rule.h"
#include "model/autoencoder.h"

namespace loom {

struct BoundScratch {
  Workspace workspace;
  Matrix z, logits, x;
};

// The terms of each image's negative ELBO under q = N(mu, diag exp(logvar)), with the reconstruction loss averaged
// over the rule instead of one draw. Nats. For a plain autoencoder (empty logvar) the reconstruction is at mu and kl
// is 0.
struct BoundTerms {
  std::vector<double> reconstruction, kl;  // B

  double negative_elbo(std::size_t image) const { return reconstruction[image] + kl[image]; }
};
BoundTerms bound_terms(const Model&, const Matrix& x, const Matrix& mu, const Matrix& logvar, const NoiseRule&,
                       BoundScratch&);

// IWAE-k: log 1/k sum_i p(x|z_i) p(z_i) / q(z_i|x), z_i ~ q, a lower bound on log p(x) that rises with k (Burda, Grosse
// & Salakhutdinov 2016, equation 8). Nats per image. It misses modes of the posterior that the encoder misses: in two
// dimensions by up to 30 nats even with k = 3000, so use the exact quadrature there. The noise of image b comes from
// `seed` and first_image + b, so it does not depend on the batch. Throws Error for a plain autoencoder.
std::vector<double> iwae_bound(const Model&, const Matrix& x, const Matrix& mu, const Matrix& logvar, Index k,
                               std::uint64_t seed, std::uint64_t first_image, BoundScratch&);

}  // namespace loom
