// Everything that decides the outcome of a training run, apart from the data and the network. Two runs with equal
// configurations give the same bytes, whatever the number of threads.
#pragma once

#include <cstdint>
#include <string>

#include "core/types.h"
#include "train/optimizer.h"

namespace loom {

struct TrainConfig {
  int epochs = 30;
  Index batch_size = 128;
  Index chunk_size = 64;  // a batch is summed chunk by chunk in order, so this (and not the thread count) fixes the
                          // rounding. batch_size / chunk_size threads can work at once
  std::string optimizer = "adam";
  double learning_rate = 1e-3;
  double momentum = -1, square_decay = -1;  // below 0: what is usual for the optimiser
  double epsilon = 1e-8;
  double weight_decay = 0;
  std::string schedule = "constant";
  Index warmup_steps = 0;
  double beta = 1.0;              // Higgins et al. 2017
  double beta_warmup_epochs = 0;  // Bowman et al. 2016
  double clip_norm = 0;
  double average_decay = 0;  // Polyak & Juditsky 1992
  std::string corruption = "none";
  double corruption_level = 0;
  std::string leave_out = {};
  std::uint64_t seed = 0;
  Index validation_images = 5000;
};

// Calls see(name, field, help) for every field: the only list of them beside the struct. Names are those of JSON and,
// with dashes, of the command line.
template <class Config, class See>
void for_each_config_field(Config& c, See&& see) {
  see("epochs", c.epochs, "passes over the training images, at least 1");
  see("batch_size", c.batch_size, "images per optimiser step");
  see("chunk_size", c.chunk_size, "images per gradient; fixes the rounding of sums");
  see("optimizer", c.optimizer, "adam, adamw, rmsprop or sgd");
  see("learning_rate", c.learning_rate, "peak of the schedule");
  see("momentum", c.momentum, "decay of the first moment; -1: what is usual for the optimiser");
  see("square_decay", c.square_decay, "decay of the second moment; -1: what is usual for the optimiser");
  see("epsilon", c.epsilon, "added to the root of the second moment");
  see("weight_decay", c.weight_decay, "adamw: decoupled; others: added to the gradient");
  see("schedule", c.schedule, "of the learning rate: constant, cosine or hold_then_linear");
  see("warmup_steps", c.warmup_steps, "the learning rate rises linearly over these steps");
  see("beta", c.beta, "weight of the KL term");
  see("beta_warmup_epochs", c.beta_warmup_epochs, "the KL weight rises linearly from 0 over these epochs");
  see("clip_norm", c.clip_norm, "gradients of a larger Euclidean norm are scaled down to it; 0: off");
  see("average_decay", c.average_decay, "of the moving average of weights that is shipped; 0: off");
  see("corruption", c.corruption, "noise on the encoder's input: none, gaussian, masking or salt-and-pepper");
  see("corruption_level", c.corruption_level, "standard deviation, or share of pixels");
  see("leave_out", c.leave_out, "name or number of a class that is not trained on");
  see("seed", c.seed, "of initial weights, order and noise");
  see("validation_images", c.validation_images, "training images kept apart to choose recipes with; 0: none");
}

// Throws Error naming the field, its value and its range.
void check_config(const TrainConfig&);

// What the optimiser is to use; `config` is checked.
OptimizerSettings optimizer_settings(const TrainConfig&);

}  // namespace loom
