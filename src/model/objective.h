// What training minimises and evaluation reports: the negative ELBO and its two terms.
//
// How one step works, for N images of P pixels and D latent dimensions (Kingma & Welling 2014):
//
//   [mu | logvar] = encoder(x)                         (N, 2D): the encoder's output holds both, side by side
//   logvar        = clamp(logvar, logvar_min, logvar_max)
//   z             = mu + exp(logvar / 2) eps           eps ~ N(0, I) is an argument, so the functions here are pure
//   logits        = decoder(z)                         (N, P)
//   loss          = weight (reconstruction(logits, x) + beta KL(N(mu, exp(logvar)) || N(0, I)))
//
// and back, by the chain rule:
//
//   dlogits       = weight dreconstruction/dlogits     nn/likelihood/likelihood.cpp
//   dz            = decoder's backward pass            which also adds to the decoder's gradient
//   dmu           = dz + weight beta mu                nn/gaussian.h
//   dlogvar       = dz eps exp(logvar / 2) / 2 + weight beta (exp(logvar) - 1) / 2,  0 where logvar was clamped
//   [dmu | dlogvar] goes back through the encoder, which adds to the encoder's gradient
//
// A plain autoencoder has z = mu, no KL term, and an encoder with D outputs. train/trainer.cpp calls this for every
// chunk of a batch with weight 1 / batch size, and then calls the optimizer.
#pragma once

#include <cmath>

#include "model/autoencoder.h"

namespace loom {

// The two terms of the negative ELBO (Kingma & Welling 2014, equation 3), summed over images and over pixels or latent
// dimensions. In nats where the likelihood is normalised or a cross-entropy.
struct ElboSums {
  double reconstruction = 0;
  double kl = 0;
  double images = 0;

  void add(const ElboSums& other) {
    reconstruction += other.reconstruction;
    kl += other.kl;
    images += other.images;
  }
  bool is_finite() const { return std::isfinite(reconstruction) && std::isfinite(kl); }
  double mean_reconstruction() const { return reconstruction / images; }  // per image
  double mean_kl() const { return kl / images; }
  double mean_negative_elbo() const { return (reconstruction + kl) / images; }
};

// The gradient of a model: networks of the same shape that hold dL/dweights.
struct Gradient {
  Sequential encoder, decoder;
};
Gradient zero_gradient(const Model&);
void set_zero(Gradient&);
std::vector<Parameter> parameters(Gradient&);

// Working memory for one thread.
struct ObjectiveScratch {
  Workspace encoder, decoder;
  Posterior posterior;
  Matrix z, dlogits, dmu, dlogvar, dcode;
};

// The terms of the negative ELBO of images x (N, P) with one sample z = mu + sigma eps each; eps is (N, D). A plain
// autoencoder ignores eps and has kl = 0.
// If grad is given, adds to it the gradient of  weight * (reconstruction + beta * kl)  (Higgins et al. 2017 for beta).
ElboSums evaluate(const Model&, const Matrix& x, const Matrix& eps, Scalar beta, Scalar weight, Gradient* grad,
                  ObjectiveScratch&);

// The same, but the encoder sees x and the decoder is scored against `target`, as in a denoising autoencoder (Vincent
// et al. 2008).
ElboSums evaluate(const Model&, const Matrix& x, const Matrix& target, const Matrix& eps, Scalar beta, Scalar weight,
                  Gradient* grad, ObjectiveScratch&);

// The same without a gradient, of images whose posterior is already in scratch.posterior.
ElboSums evaluate_encoded(const Model&, const Matrix& target, const Matrix& eps, ObjectiveScratch& scratch);

}  // namespace loom
