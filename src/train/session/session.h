// A training run that a page drives in slices: start, look, change, save, go on. Nothing here prints, waits or reads
// files. Models, states and settings are those of `loom train`, so each can go on with what the other left.
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
  // with random weights, or goes on from those of a weight file, if `weights` is not empty. Throws Error naming the
  // item, what was found and what was expected.
  TrainingSession(Dataset data, std::string_view settings, std::span<const std::byte> weights);

  // Goes on with the run that save_state() saved, to the same bytes as if it had never stopped. `data` are all images
  // that the run was started with. Throws Error if they are others, or for an invalid state.
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

  // Where the run is: step, steps_per_epoch, steps (in all), epoch (finished ones), epochs, finished, beta,
  // learning_rate, training (running means of this epoch), images_per_second and seconds_left (of this session).
  Json progress() const;

  // unit, images and held_out (numbers of images), entropy_floor and held_out_entropy_floor (Bernoulli only), units_of
  // (which images active_units are about), epochs (train/session/history.h), changes.
  Json history() const;

  // Changes beta or learning_rate for the steps to come; progress, history, card and metadata tell. Throws Error naming
  // the setting for a value that is not allowed.
  void change(std::string_view setting, double value);

  // q(z|x) of the chosen images now, with the weights that would be shipped. Throws Error for a number of no image.
  EncodedSet codes(std::span<const Index> images) const;
  // The reconstructions at z = mu of the chosen images, (K, P), in [0, 1].
  Matrix reconstructions(std::span<const Index> images) const;

  // The weight file, as `loom train` writes it where there is no test set. With `encoded`, it also holds the codes of
  // the images that history() names, which the explorer shows as dots.
  std::vector<std::byte> model(bool f32, bool encoded) const;
  // The model card of that file as Markdown.
  std::string card(std::string_view file_name, bool f32, bool encoded) const;
  // The command that gives the same weights. After a change of settings there is none: a first line says so.
  std::string command(std::string_view file_name, bool f32) const;
  // The replay of the run so far, for the explorer (train/replay.h).
  std::vector<std::byte> replay(std::string_view model_name) const;

  // The state, to go on later (train/train_state.h).
  std::vector<std::byte> save_state() const;

  const Dataset& data() const { return data_; }
  // The images that history() and model() are about: held-out ones, if any are held out, else of training.
  const std::vector<Index>& watched() const { return watched_; }
  const Recipe& recipe() const { return recipe_; }
  const Trainer& trainer() const { return *trainer_; }

 private:
  void begin(TrainState state, const TrainConfig& config);
  std::map<std::string, std::string> run_provenance() const;

  Dataset data_;
  Recipe recipe_;  // as the run began
  Index first_ = 0;
  std::string started_from_;  // SHA-256 of a weight file, or empty
  std::vector<Change> changes_;
  std::vector<EpochUnits> units_;
  std::vector<Index> training_, watched_;  // image numbers; the watched ones are held out, if any are
  std::size_t held_out_ = 0;
  std::optional<double> floor_, held_out_floor_;
  mutable ThreadPool pool_{1};
  std::unique_ptr<Trainer> trainer_;
  double seconds_ = 0, images_ = 0;  // of this session
};

}  // namespace loom
