// A small synthetic data set and configurations that train on it in a fraction of a second.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include "core/rng.h"
#include "data/dataset.h"
#include "model/architectures.h"
#include "train/config.h"

namespace loom::test {

// `size` greyscale images of 12x10: a bright blob whose position varies, so two latent dimensions suffice.
inline Dataset blobs(Index size) {
  Dataset data;
  data.shape = {1, 12, 10};
  Rng rng(1, Stream::test);
  for (Index n = 0; n < size; ++n) {
    const double cy = 3 + 6 * rng.uniform(), cx = 3 + 4 * rng.uniform();
    for (Index y = 0; y < data.shape.height; ++y)
      for (Index x = 0; x < data.shape.width; ++x) {
        const double dy = static_cast<double>(y) - cy, dx = static_cast<double>(x) - cx;
        data.pixels.push_back(static_cast<std::uint8_t>(255 * std::exp(-(dy * dy + dx * dx) / 5)));
      }
    data.labels.push_back(cy > 6 ? 1 : 0);
  }
  data.images_path = "blobs";
  data.images_sha256 = std::string(64, 'b');
  return data;
}

inline TrainConfig small_config() {
  TrainConfig config;
  config.epochs = 3;
  config.batch_size = 20;
  config.chunk_size = 7;  // does not divide the batch, so the last chunk is smaller
  config.learning_rate = 2e-3;
  config.schedule = "cosine";
  config.warmup_steps = 4;
  config.clip_norm = 50;
  config.average_decay = 0.9;
  config.seed = 5;
  config.validation_images = 30;
  return config;
}

inline Model small_model(const Dataset& data, std::string_view architecture, std::uint64_t seed = 5) {
  ModelSpec spec;
  spec.image = data.shape;
  ArchitectureOptions options{.channels = {4, 6}, .hidden = {24}, .activation = "gelu_tanh"};
  return build_model(spec, architecture, options, seed);
}

}  // namespace loom::test
