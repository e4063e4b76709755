// Bounds on log p(x) per image, in a latent space of any dimension. B images, D latent dimensions, K noise points.
#pragma once

#include "analysis/noise_rule.h"
#include "model/autoencoder.h"

namespace loom {

struct BoundScratch {
  Workspace workspace;
  Matrix z, logits, x;
};

// The terms of each image's negative ELBO under q = N(mu, diag exp(logvar)), the reconstruction averaged over the rule
// instead of over one draw. Nats. logvar is empty for a plain autoencoder: reconstruction at mu, kl 0.
struct BoundTerms {
  std::vector<double> reconstruction, kl;  // B

  double negative_elbo(std::size_t image) const { return reconstruction[image] + kl[image]; }
};
BoundTerms bound_terms(const Model&, const Matrix& x, const Matrix& mu, const Matrix& logvar, const NoiseRule&,
                       BoundScratch&);

// IWAE-k: log 1/k sum_i p(x|z_i) p(z_i) / q(z_i|x), z_i ~ q, a lower bound on log p(x) that rises with k (Burda, Grosse
// & Salakhutdinov 2016, equation 8). Nats per image. In two dimensions it misses modes that the encoder misses, by 30
// nats for the worst images even with k = 3000: quadrature is exact there. The noise of image b comes from `seed` and
// first_image + b, so it does not depend on the batch. Throws Error for a plain autoencoder.
std::vector<double> iwae_bound(const Model&, const Matrix& x, const Matrix& mu, const Matrix& logvar, Index k,
                               std::uint64_t seed, std::uint64_t first_image, BoundScratch&);

}  // namespace loom
