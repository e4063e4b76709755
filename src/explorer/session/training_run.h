// A training run of the page, as far as the page has told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explorer/model/training/map_figures.h"
#include "explorer/state/train_choice.h"

namespace loom {

enum class TrainPhase : std::uint8_t { none, kept, loading, starting, running, paused, finished, failed };

// Mean losses of images after each epoch.
struct LossCurves {
  std::vector<float> total, reconstruction, kl;  // one number per epoch; all empty if there are no such images
};

// What the dots say after an epoch: how well their classes can be told apart, and where the prior finds none.
struct MapFigures {
  std::int64_t epoch = 0;
  std::optional<float> accuracy;  // of guessing the class from the nearest dots, in [0, 1]; none without classes
  std::optional<float> holes;  // share of the prior in holes; none without a prior, or beyond two dimensions
};

// Kept: an earlier visit left the run; it can be taken up again.
struct TrainingRun {
  TrainPhase phase = TrainPhase::none;
  TrainChoice choice;  // that it was started with
  double loaded = 0;   // share of the training images that have been downloaded
  std::int64_t epoch = 0, epochs = 0;  // finished ones, and in all
  double images_per_second = 0, seconds_left = 0;
  double loss = 0;  // of the epoch so far, or of the last one; 0: before the first step
  LossCurves training, held_out;
  double floor = 0;               // entropy of the images, below which no loss can be; 0: not known
  std::string unit;               // of the losses: "nats per image"
  std::int64_t active_units = 0;  // after the last epoch
  std::vector<float> kl_per_dimension;  // after the last epoch; empty for a plain autoencoder
  std::vector<MapFigures> map;          // of some epochs, in their order
  Separation separation;                // which classes have come apart
  std::string news;                     // what has changed on the map, as a sentence; empty: nothing worth saying
  std::string command;  // that trains the same model; empty until the run has ended or pauses
  std::string failure;  // a sentence
  std::string link;        // of the page when a kept run began
  bool waited = false;     // it pauses, or has paused, because the page is out of sight on a phone
  bool is_kept = true;     // false: the browser stores nothing, so that a reload of the page loses the run
  bool has_model = false;  // the page has sent one; it can be saved
  bool going_on = false;   // it began with the weights of another model, whose network it has
  std::int64_t step = 0, steps_per_epoch = 0;  // finished steps, in all

  bool in_progress() const { return phase == TrainPhase::running || phase == TrainPhase::paused; }
  bool is_starting() const { return phase == TrainPhase::loading || phase == TrainPhase::starting; }
};

// What web/train_here.js tells, as JSON: {"phase", "loaded", "progress", "history", "command", "failure", "link",
// "waited", "kept", "going_on"}. All but the phase may be absent; "progress" and "history" are those of
// train/session/session.h. Throws Error naming the item if it is damaged, and leaves the run as it was.
void read_training_status(std::string_view json, TrainingRun& run);

}  // namespace loom
