// Training as a sequence of steps. Nothing here prints, waits or writes files; the caller (command line or test) does.
#pragma once

#include <string_view>
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

// Everything that changes during a run. A run that is saved and resumed gives the same bytes as an uninterrupted one.
struct TrainState {
  Model model;
  OptimizerState optimizer;
  std::int64_t step = 0;  // optimizer steps done
  ElboSums running;  // of the current epoch
  double seconds = 0;  // of the current epoch
  std::vector<EpochReport> history;
  std::vector<ReplayFrame> replay;
};

// The images that a run with this configuration trains on and those that it validates on. Throws Error if none are
// left to train on.
TrainingSplit training_images(const Dataset&, const TrainConfig&);

class Trainer {
 public:
  // `dataset`, `watched` and `pool` must outlive the trainer. `watched`, if not null, is the data set whose first
  // images are encoded for the replay (train/replay.h). Throws Error if the configuration or the data do not fit the
  // model.
  Trainer(const Dataset& dataset, const TrainConfig& config, TrainState state, ThreadPool& pool,
          const Dataset* watched = nullptr);
  Trainer(const Trainer&) = delete;  // holds views into its own state
  Trainer& operator=(const Trainer&) = delete;

  std::int64_t steps_per_epoch() const { return steps_per_epoch_; }
  std::int64_t total_steps() const { return steps_per_epoch_ * config_.epochs; }
  bool finished() const { return state_.step >= total_steps(); }

  // Trains on one batch: forward, backward, optimizer. At the end of an epoch it also validates, adds a history
  // entry and returns true. Throws Error naming step and epoch if a loss, a gradient or a code of the replay is not
  // finite; state() is then restored to what it was before the step, so it can still be saved and shipped.
  bool step();

  // Changes beta or learning_rate (at the peak of its schedule) for the following steps. Throws Error for another
  // setting or a value that is not allowed; then nothing is changed.
  void change(std::string_view setting, double value);

  const TrainState& state() const { return state_; }
  const TrainConfig& config() const { return config_; }

  // The model to evaluate and to ship: the averaged weights if an average is kept, else the current ones.
  Model shipped_model() const;

 private:
  // What a step changes, kept to undo the step.
  struct Before {
    ElboSums running;
    double seconds;
    std::vector<Scalar> weights;  // these two are kept only if the step can fail after the weights have changed
    OptimizerState optimizer;
  };

  void accumulate(std::span<const Index> batch, std::int64_t epoch);
  void finish_epoch(const Before& before);
  bool keeps_frame(Index epoch) const;
  Before remember(bool whole) const;
  [[noreturn]] void take_back(const Before& before, std::string_view reason);

  const Dataset& dataset_;
  TrainConfig config_;
  OptimizerSettings settings_;
  Noise noise_;
  TrainState state_;
  ThreadPool& pool_;
  const Dataset* watched_;
  std::vector<Index> training_, validation_;  // image numbers
  std::vector<Index> order_;  // of the current epoch
  std::int64_t order_epoch_ = -1;
  std::int64_t steps_per_epoch_ = 0;

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

// The state at the start of training, for a model whose weights are initialised.
TrainState make_train_state(Model model, const TrainConfig& config);

}  // namespace loom
