// The diagonal Gaussian posterior q(z|x) = N(mu, diag exp(logvar)) of a variational autoencoder.
// N batch, D latent dimensions; mu, logvar, eps, z are (N, D). Kingma & Welling 2014.
#pragma once

#include <concepts>

#include "core/math.h"
#include "core/types.h"

namespace loom {

// z = mu + exp(logvar / 2) eps, element-wise (equation 10).
void reparameterize(const Matrix& mu, const Matrix& logvar, const Matrix& eps, Matrix& z);

// Adds dL/dmu = dz and dL/dlogvar = dz eps exp(logvar / 2) / 2.
void reparameterize_backward(const Matrix& logvar, const Matrix& eps, const Matrix& dz, Matrix& dmu, Matrix& dlogvar);

// KL(N(mu, exp(logvar)) || N(0, 1)) = (mu^2 + exp(logvar) - 1 - logvar) / 2 of one dimension, in nats (appendix B).
template <std::floating_point T>
T kl_divergence(T mu, T logvar) {
  return (mu * mu + loom::exp(logvar) - 1 - logvar) / 2;
}

// KL(q || N(0, I)) in nats, summed over dimensions and over the batch.
double kl_divergence(const Matrix& mu, const Matrix& logvar);

// Adds weight dKL/dmu = weight mu and weight dKL/dlogvar = weight (exp(logvar) - 1) / 2.
void kl_divergence_backward(const Matrix& mu, const Matrix& logvar, Scalar weight, Matrix& dmu, Matrix& dlogvar);

}  // namespace loom
