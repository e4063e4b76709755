// The state of an unfinished run as a file. A run that is resumed from it gives the same bytes as an uninterrupted one.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "train/recipes.h"
#include "train/trainer.h"

namespace loom {

struct SavedRun {
  Recipe recipe;  // with the settings in force
  std::string images_sha256;  // of the training images
  TrainState state;
};

// safetensors like a model, with the optimizer's moments and the averaged weights beside the weights, all f32; at most
// kTrainingStateFile.bytes. Throws Error for a number that is not finite: what is written here, load_run can read.
std::vector<std::byte> save_run(const SavedRun&);

// Throws Error naming `file_name` and the item for anything that save_run did not write.
SavedRun load_run(std::span<const std::byte> bytes, std::string_view file_name);

}  // namespace loom
