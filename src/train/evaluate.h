// Figures of a model over many images.
#pragma once

#include <span>

#include "core/parallel.h"
#include "data/dataset.h"
#include "model/checkpoint.h"
#include "model/objective.h"

namespace loom {

// Terms of the negative ELBO over the chosen images, one sample of z per image (drawn from `seed` and the image's
// number, so the result depends neither on threads nor on which other images are in).
ElboSums evaluate_elbo(const Model&, const Dataset&, std::span<const Index> images, std::uint64_t seed, ThreadPool&);

// Everything `loom evaluate` reports about a set of images; means over images.
struct Evaluation {
  ElboSums elbo;               // one sample of z
  double entropy_floor = 0;    // nats per image: mean entropy of grey pixels, below which no bernoulli loss can fall
  double mse = 0;              // per pixel, of the picture at z = mu
  double ssim = 0;             // of the picture at z = mu
  std::vector<double> kl_per_dimension;  // nats per image
  std::vector<double> mu_variance;  // per dimension, over images; above 0.01 is an active unit (Burda et al. 2016)
};
Evaluation evaluate_model(const Model&, const Dataset&, std::uint64_t seed, ThreadPool&);

// q(z|x) of all images, with their labels, in the data set's order.
EncodedSet encode_dataset(const Model&, const Dataset&, ThreadPool&);

}  // namespace loom
