// Training as a sequence of steps. Nothing here prints, waits or writes files; command lines and tests drive it.
#pragma once

#include <vector>

#include "core/parallel.h"
#include "data/dataset.h"
#include "data/split.h"
#include "model/objective.h"
#include "train/config.h"
#include "train/evaluate.h"
#include "train/optimizer.h"
#include "train/replay.h"

namespace loom {

// All that changes during a run. Saving it and going on later gives the same bytes as never having stopped.
struct TrainState {
  Model model;
  OptimizerState optimizer;
  Index step = 0;  // optimiser steps done
  ElboSums running;  // of the current epoch
  double seconds = 0;  // of the current epoch
  std::vector<EpochReport> history;
  std::vector<ReplayFrame> replay;
};

// The images that a training with this configuration trains on, and those it validates on. Throws Error if none are
// left.
TrainingSplit training_images(const Dataset&, const TrainConfig&);

class Trainer {
 public:
  // `dataset`, `watched` and `pool` must outlive the trainer. `watched`, if given, is the set whose first images are
  // encoded for the replay (train/replay.h). Throws Error if the configuration or the data do not fit.
  Trainer(const Dataset& dataset, const TrainConfig& config, TrainState state, ThreadPool& pool,
          const Dataset* watched = nullptr);
  Trainer(const Trainer&) = delete;  // holds views into its own state
  Trainer& operator=(const Trainer&) = delete;

  Index steps_per_epoch() const { return steps_per_epoch_; }
  Index total_steps() const { return steps_per_epoch_ * config_.epochs; }
  bool finished() const { return state_.step >= total_steps(); }

  // One batch: forward, backward, optimiser. At the end of an epoch also the validation and a new history entry;
  // returns true then. Throws Error if the loss is no longer finite (the state of before the step is lost then).
  bool step();

  const TrainState& state() const { return state_; }
  const TrainConfig& config() const { return config_; }

  // The model to evaluate and to ship: the averaged weights if an average is kept, else the current ones.
  Model shipped_model() const;

 private:
  void accumulate(std::span<const Index> batch, Index epoch);
  void finish_epoch();
  void keep_frame(Index epoch);

  const Dataset& dataset_;
  TrainConfig config_;
  OptimizerSettings settings_;
  Noise noise_;
  TrainState state_;
  ThreadPool& pool_;
  const Dataset* watched_;
  std::vector<Index> training_, validation_;  // image numbers
  std::vector<Index> order_;  // of the current epoch
  Index order_epoch_ = -1;
  Index steps_per_epoch_ = 0;

  struct Chunk {
    Matrix x, noisy, eps;
    Gradient gradient;
    ObjectiveScratch scratch;
    ElboSums sums;
  };
  std::vector<Chunk> chunks_;
  std::vector<Parameter> weights_;
  std::vector<std::vector<Parameter>> gradients_;  // one list per chunk
};

// A fresh state for a model whose weights are initialised.
TrainState make_train_state(Model model, const TrainConfig& config);

}  // namespace loom
