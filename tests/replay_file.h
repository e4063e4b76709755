// A synthetic training replay in the trainer's format: three classes that move apart.
#pragma once

#include <cmath>
#include <vector>

#include "weights/safetensors.h"

namespace loom {

inline std::vector<std::byte> replay_file(Index frames, Index images, Index latent) {
  std::vector<float> mu, epoch, history;
  std::vector<std::byte> labels;
  for (Index f = 0; f < frames; ++f) {
    epoch.push_back(static_cast<float>(f));
    for (Index n = 0; n < images; ++n)
      for (Index d = 0; d < latent; ++d)
        mu.push_back(static_cast<float>(f) / static_cast<float>(frames) * std::cos(static_cast<float>(n % 3 * 2 + d)) +
                     0.1f * std::sin(static_cast<float>(7 * n + d)));
    if (f > 0) history.insert(history.end(), {300.0f / static_cast<float>(f), 6, 310.0f / static_cast<float>(f), 6});
  }
  for (Index n = 0; n < images; ++n) labels.push_back(static_cast<std::byte>(n % 3));
  const std::vector<std::byte> mu_bytes = from_floats(mu, DType::f16, "mu"),
                               epoch_bytes = from_floats(epoch, DType::f32, "epoch"),
                               history_bytes = from_floats(history, DType::f32, "history");
  const std::vector<TensorView> tensors{{"aux.replay.mu", DType::f16, {frames, images, latent}, mu_bytes},
                                        {"aux.replay.epoch", DType::f32, {frames}, epoch_bytes},
                                        {"aux.replay.label", DType::u8, {images}, labels},
                                        {"aux.replay.history", DType::f32, {frames - 1, 4}, history_bytes}};
  return write_safetensors({}, tensors);
}

}  // namespace loom
