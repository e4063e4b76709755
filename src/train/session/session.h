// A training run that a page drives in slices: start, inspect, change, save, resume. Nothing here prints, waits or
// reads files. Models, states and settings are those of `loom train`, so each can resume the other's runs.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/parallel.h"
#include "train/recipes.h"
#include "train/session/history.h"
#include "train/trainer.h"

namespace loom {

class TrainingSession {
 public:
  // A new run on `data` (train/session/dataset.h) with settings as a JSON object (train/session/settings.h). It starts
  // with random weights or, if `weights` is not empty, with those of that weight file. Throws Error naming the item,
  // what was found and what was expected.
  TrainingSession(Dataset data, std::string_view settings, std::span<const std::byte> weights);

  // Resumes the run that save_state() saved, with the same result as an uninterrupted run. `data` are all images that
  // the run was started with. Throws Error for other images and for an invalid state.
  TrainingSession(Dataset data, std::span<const std::byte> state);

  // Trains until the run is finished, an epoch ends, `steps` steps are done or `milliseconds` have passed; at least one
  // step, unless the run is finished. Throws Error if a loss, a gradient or a code is not finite; everything is then as
  // it was before that step. An infinite or negative time, or steps below 1, means no such limit.
  struct Slice {
    bool epoch_ended = false;
    std::int64_t steps = 0;
  };
  Slice run(std::int64_t steps, double milliseconds);
  bool finished() const { return trainer_->finished(); }

  // Progress: step, steps_per_epoch, steps (in all), epoch (finished ones), epochs, finished, beta, learning_rate,
  // training (running means of this epoch), images_per_second and seconds_left (of this session).
  Json progress() const;

  // unit, images and held_out (numbers of images), entropy_floor and held_out_entropy_floor (Bernoulli only), units_of
  // (the images that active_units is measured on), epochs (train/session/history.h), changes.
  Json history() const;

  // The last of those epochs, in a time that does not grow with their number. Throws Error if none has ended.
  Json last_epoch() const;

  // Changes beta or learning_rate for the following steps; progress, history, card and metadata show the change. Throws
  // Error naming the setting for a value that is not allowed.
  void change(std::string_view setting, double value);

  // q(z|x) of the chosen images now, with the weights that would be shipped. Throws Error for image numbers that do not
  // exist.
  EncodedSet codes(std::span<const Index> images) const;
  // The reconstructions at z = mu of the chosen images, (K, P), in [0, 1].
  Matrix reconstructions(std::span<const Index> images) const;

  // The weight file, as `loom train` writes it without a test set. With `encoded`, it also holds the codes of the
  // images that history() names, which the explorer shows as dots.
  std::vector<std::byte> model(bool f32, bool encoded) const;
  // The model card of that file as Markdown.
  std::string card(std::string_view file_name, bool f32, bool encoded) const;
  // The command that gives the same weights. If settings were changed during the run, no command does, and the first
  // line says so.
  std::string command(std::string_view file_name, bool f32) const;
  // The replay of the run so far, for the explorer (train/replay.h).
  std::vector<std::byte> replay(std::string_view model_name) const;

  // The state, for resuming later (train/train_state.h).
  std::vector<std::byte> save_state() const;

  const Dataset& data() const { return data_; }
  // The images that history() and model() use: held-out images if there are any, else training images.
  const std::vector<Index>& watched() const { return watched_; }
  const Recipe& recipe() const { return recipe_; }
  const Trainer& trainer() const { return *trainer_; }

 private:
  void begin(TrainState state, const TrainConfig& config);
  std::map<std::string, std::string> run_provenance() const;

  Dataset data_;
  Recipe recipe_;  // at the start of the run
  Index first_ = 0;
  std::string started_from_;  // SHA-256 of a weight file, or empty
  std::vector<Change> changes_;
  std::vector<EpochUnits> units_;
  std::vector<Index> training_, watched_;  // image numbers; watched_ are held-out images if there are any
  std::size_t held_out_ = 0;
  std::optional<double> floor_, held_out_floor_;
  mutable ThreadPool pool_{1};
  std::unique_ptr<Trainer> trainer_;
  double seconds_ = 0, images_ = 0;  // of this session
};

}  // namespace loom
