// Compression: how many bits a model needs for an image and with what error, compared with PCA.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/parallel.h"
#include "data/dataset.h"
#include "model/autoencoder.h"
#include "model/pca.h"
#include "uses/on_progress.h"

namespace loom {

// A way to store an image: its size in bits, and the error of the restored image.
struct RateDistortion {
  std::string kind;  // "model, kl", "model, f16", "pca", "jpeg", "png"
  std::string name;  // for display: "PCA, 4 numbers"
  double bits = 0;   // per image
  double mse = 0;    // per pixel, values in [0, 1]
  std::optional<Index> dimensions;
  std::optional<int> quality;
};

struct Compression {
  std::string model;
  Index latent_dim = 0;
  // Mean KL in bits: the cost of the code of one image with bits-back coding (Hinton & van Camp 1993; Townsend, Bird
  // & Barber 2019). Empty for a plain autoencoder.
  std::optional<double> kl_bits;
  Index raw_bits = 0;  // 8 per pixel
  std::vector<RateDistortion> ways;  // the model's first
};

// How many principal components `compress` needs.
Index principal_components_for(const Model&);

// Compares the model with PCA; means over the test images. PCA stores each number as f16, as "model, f16" stores the
// codes; "model, kl" decodes one sample of z from `seed`.
Compression compress(const std::string& name, const Model&, const Dataset& test, const PrincipalComponents& pca,
                     std::uint64_t seed, ThreadPool&, const OnProgress& = {});

}  // namespace loom
