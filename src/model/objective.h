// What training minimises and evaluation reports: the negative ELBO and its two terms.
#pragma once

#include "model/autoencoder.h"

namespace loom {

// Sums over the images seen, in nats (sum over pixels or latents, no mean over pixels). Kingma & Welling 2014, eq. 3.
struct ElboSums {
  double reconstruction = 0;
  double kl = 0;
  double images = 0;

  void add(const ElboSums& other) {
    reconstruction += other.reconstruction;
    kl += other.kl;
    images += other.images;
  }
  double mean_reconstruction() const { return reconstruction / images; }  // nats per image
  double mean_kl() const { return kl / images; }
  double mean_negative_elbo() const { return (reconstruction + kl) / images; }
};

// The gradient of a model: the same networks, other numbers.
struct Gradient {
  Sequential encoder, decoder;
};
Gradient zero_gradient(const Model&);
void set_zero(Gradient&);
std::vector<Parameter> parameters(Gradient&);

// Work memory for one thread.
struct ObjectiveScratch {
  Activations encoder, decoder;
  Posterior posterior;
  Matrix z, dlogits, dmu, dlogvar, dcode;
};

// The terms of the negative ELBO of images x (N, P) with one sample z = mu + sigma eps each; eps (N, D) is an argument,
// so the function is pure. A plain autoencoder ignores eps and has kl = 0.
// If grad is given, adds to it the gradient of  weight * (reconstruction + beta * kl)  (Higgins et al. 2017 for beta).
ElboSums evaluate(const Model&, const Matrix& x, const Matrix& eps, Scalar beta, Scalar weight, Gradient* grad,
                  ObjectiveScratch&);

// The same with an encoder that sees x while the decoder is scored against `target`, as a denoising autoencoder's
// (Vincent et al. 2008).
ElboSums evaluate(const Model&, const Matrix& x, const Matrix& target, const Matrix& eps, Scalar beta, Scalar weight,
                  Gradient* grad, ObjectiveScratch&);

}  // namespace loom
