// A training run of the page, as far as the page has told.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "explorer/state/train_choice.h"

namespace loom {

enum class TrainPhase : std::uint8_t { none, kept, loading, starting, running, paused, finished, failed };

// Kept: an earlier visit left the run; it can be taken up again.
struct TrainingRun {
  TrainPhase phase = TrainPhase::none;
  TrainChoice choice;  // that it was started with
  double loaded = 0;   // share of the training images that have been downloaded
  std::int64_t epoch = 0, epochs = 0;  // finished ones, and in all
  double images_per_second = 0, seconds_left = 0;
  double loss = 0;  // of the epoch so far, or of the last one; 0: before the first step
  std::vector<float> training, held_out;  // losses after each epoch; held_out is empty if no images are
  double floor = 0;                       // entropy of the images, below which no loss can be; 0: not known
  std::string unit;                       // of the losses: "nats per image"
  std::int64_t active_units = 0;          // after the last epoch
  double kl = 0;
  std::string command;  // that trains the same model; empty until the run has ended or pauses
  std::string failure;  // a sentence
  std::string link;        // of the page when a kept run began
  bool is_kept = true;     // false: the browser stores nothing, so that a reload of the page loses the run
  bool has_model = false;  // the page has sent one; it can be saved
  bool going_on = false;   // it began with the weights of another model, whose network it has
  std::int64_t step = 0, steps_per_epoch = 0;  // finished steps, in all

  bool in_progress() const { return phase == TrainPhase::running || phase == TrainPhase::paused; }
  bool is_starting() const { return phase == TrainPhase::loading || phase == TrainPhase::starting; }
};

// What web/train_here.js tells, as JSON: {"phase", "loaded", "progress", "history", "command", "failure", "link",
// "kept", "going_on"}. All but the phase may be absent; "progress" and "history" are those of train/session/session.h.
// Throws Error naming the item if it is damaged, and leaves the run as it was.
void read_training_status(std::string_view json, TrainingRun& run);

}  // namespace loom
