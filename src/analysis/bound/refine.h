// Refines the encoder's posterior of each image: gradient descent on the negative ELBO in (mu, logvar) with the
// decoder fixed. The gain is the amortisation gap (Cremer, Li & Duvenaud 2018), about 2 nats for good models. B
// images, D latent dimensions.
#pragma once

#include "analysis/bound/noise_rule.h"
#include "model/autoencoder.h"

namespace loom {

struct Refinement {
  Matrix mu, logvar;  // (B, D): the best found so far
  std::vector<double> negative_elbo;  // of these, averaged over the rule; nats
  std::vector<double> before;  // negative ELBO of the starting posterior
  int steps = 0;  // taken so far

  // State of the descent: mu = start + exp(start_logvar / 2) u, so that a step has the same meaning for narrow and
  // wide posteriors, and Adam's moments (Kingma & Ba 2015) of u and logvar side by side.
  Matrix start, start_width, u, v, first_moment, second_moment;
};

struct RefineScratch {
  Workspace workspace;
  Sequential gradient;  // of the decoder; written by `backward`, never read
  Matrix z, x, dlogits;
};

// Starts at the encoder's posterior, or at any other mu and logvar. Throws Error for a plain autoencoder.
Refinement begin_refinement(const Matrix& mu, const Matrix& logvar);

// One step for all images x (B, P): decodes B * K places and runs one backward pass through the decoder. Adam with
// learning_rate in units of the starting sigma and of logvar. The best posterior of each image is kept, so the results
// never get worse. They are evaluated at the beginning of the step, so take one step more than you need.
void refine_step(Refinement&, const Model&, const Matrix& x, const NoiseRule&, Scalar learning_rate, RefineScratch&);

}  // namespace loom
