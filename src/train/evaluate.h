// Metrics of a model over many images.
#pragma once

#include <span>

#include "core/parallel.h"
#include "data/dataset.h"
#include "model/checkpoint.h"
#include "model/objective.h"
#include "train/noise.h"

namespace loom {

// Terms of the negative ELBO over the chosen images, one sample of z per image (drawn from `seed` and the image's
// number, so the result depends neither on threads nor on the other images). With noise the encoder sees the corrupted
// image and the decoder is scored against the clean one.
ElboSums evaluate_elbo(const Model&, const Dataset&, std::span<const Index> images, std::uint64_t seed, ThreadPool&,
                       const Noise& noise = {});

// A dimension is an active unit if the variance of its mean over images exceeds this (Burda et al. 2016, section 5.2).
inline constexpr double kActiveVariance = 0.01;

// Everything that `loom evaluate` reports about a set of images, as means over images.
struct Evaluation {
  ElboSums elbo;               // one sample of z
  double sampling_error = 0;  // standard error of the mean reconstruction loss due to that sample, from a second one
  double entropy_floor = 0;  // nats per image: mean entropy of grey pixels, the lower bound of a bernoulli loss
  double mse = 0;  // per pixel, of the picture at z = mu
  double ssim = 0;  // of the picture at z = mu
  double noisy_mse = 0,
         denoised_mse = 0;  // of the corrupted image and of its reconstruction at z = mu, against the clean image
  std::vector<double> kl_per_dimension;  // nats per image
  std::vector<double> mu_variance;  // per dimension, over images; above 0.01 is an active unit (Burda et al. 2016)
};
// Evaluates all images of the data set, as evaluate_elbo does it.
Evaluation evaluate_model(const Model&, const Dataset&, std::uint64_t seed, ThreadPool&, const Noise& noise = {});

// q(z|x) of the chosen images, with their labels, in their order.
EncodedSet encode_images(const Model&, const Dataset&, std::span<const Index> images, ThreadPool&);

// The same for all images.
EncodedSet encode_dataset(const Model&, const Dataset&, ThreadPool&);

}  // namespace loom
