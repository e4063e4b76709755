// Reads the replay file that training writes beside a weight file (where the encoder put some test images after each
// epoch, and the losses of each epoch), and the run record, which holds the losses as text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.h"

namespace loom {

// Losses of one epoch: means over images, in the unit of the loss (nats); kl is 0 for a plain autoencoder.
struct EpochLoss {
  double epoch = 0;
  double reconstruction = 0, kl = 0;
  std::optional<double> validation_reconstruction, validation_kl;
};

struct ReplayFile {
  std::vector<Matrix> codes;         // one (N, D) per frame
  std::vector<double> epochs;        // of the frames; 0 is before training
  std::vector<std::uint8_t> labels;  // (N)
  std::vector<EpochLoss> losses;
};

// "a/NAME.safetensors" -> "a/NAME.replay.safetensors" and "a/NAME.jsonl".
std::string replay_path(const std::string& weights);
std::string record_path(const std::string& weights);

// Reads a replay file; nullopt if there is none. Throws Error naming file and tensor if its content is not as
// described.
std::optional<ReplayFile> read_replay(const std::string& path);

// The losses of a run, from its record (train/run_record.h), else from its replay. Throws Error if there is neither.
std::vector<EpochLoss> read_losses(const std::string& weights);

}  // namespace loom
