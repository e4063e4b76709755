// The replay of a training run: where the encoder put the same images after each epoch, and the losses of each epoch.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/parallel.h"
#include "data/dataset.h"
#include "model/objective.h"

namespace loom {

// One pass over the data. `training` sums the losses of the epoch's batches, each with the weights at that time (so it
// lags behind); `validation` is measured at the end of the epoch with the weights that would be shipped.
struct EpochReport {
  int epoch = 0;  // 1-based
  ElboSums training, validation;
  double seconds = 0;  // wall time of this epoch's steps, over all sessions
};

// The codes mu (images, D) of the first images of a data set after an epoch; epoch 0 is before training.
struct ReplayFrame {
  int epoch = 0;
  Matrix mu;
};

inline constexpr Index kReplayImages = 2000;

// Whether the frame of this epoch is kept. In two dimensions all are kept; in more dimensions fewer, evenly spread.
// The first and the last are always kept.
bool is_replay_frame(Index epoch, Index epochs, Index latent_dim);

// mu of the first kReplayImages (or fewer) images.
Matrix replay_means(const Model&, const Dataset&, ThreadPool&);

// A safetensors file for the page: aux.replay.mu (frames, images, D) f16, aux.replay.epoch (frames) f32,
// aux.replay.label (images) u8, aux.replay.history (epochs, 4) f32: reconstruction and KL of training and of validation
// in the loss's unit per image (2 columns without validation). `name` is that of the model it belongs to.
std::vector<std::byte> save_replay(std::string_view name, const std::vector<ReplayFrame>&,
                                   const std::vector<EpochReport>& history, const Dataset& watched);

}  // namespace loom
