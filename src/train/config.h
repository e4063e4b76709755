// Everything that decides the outcome of a training run, apart from the data and the network. Two runs with equal
// configurations give the same bytes, whatever the number of threads.
#pragma once

#include <cstdint>
#include <string>

#include "core/types.h"

namespace loom {

struct TrainConfig {
  int epochs = 30;                // passes over the training images, >= 1
  Index batch_size = 128;         // images per optimiser step, >= 1
  Index chunk_size = 64;  // images per gradient; a batch is summed chunk by chunk in order, so this (and not the
                          // thread count) fixes the rounding. batch_size / chunk_size threads can work at once
  double learning_rate = 1e-3;  // peak of the schedule, > 0
  std::string schedule = "constant";  // a name of train/schedule.cpp
  Index warmup_steps = 0;  // learning rate rises linearly over these steps
  double beta = 1.0;  // weight of the KL term (Higgins et al. 2017), >= 0
  double beta_warmup_epochs = 0;  // the KL weight rises linearly from 0 over these epochs (Bowman et al. 2016)
  double clip_norm = 0;  // gradients of a larger Euclidean norm (per image) are scaled down to it; 0: off
  double average_decay = 0;  // exponential moving average of weights (Polyak & Juditsky 1992), in [0, 1); 0: off
  std::uint64_t seed = 0;
  Index validation_images = 5000;  // of the training set, kept apart to choose recipes; 0: none
};

// Throws Error naming the field, its value and its range.
void check_config(const TrainConfig&);

}  // namespace loom
