// An unfinished run in a file, complete enough that going on gives the same bytes as never having stopped.
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
  Recipe recipe;              // with the settings in force
  std::string images_sha256;  // of the training images
  TrainState state;
};

// safetensors like a model, with the optimiser's moments and the averaged weights beside the weights, all f32.
std::vector<std::byte> save_run(const SavedRun&);

// Throws Error naming `file_name` and the item for anything that save_run did not write.
SavedRun load_run(std::span<const std::byte> bytes, std::string_view file_name);

}  // namespace loom
