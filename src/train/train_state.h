// Saves and loads the state of an unfinished run. A run that is resumed gives the same bytes as an uninterrupted one.
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
  Recipe recipe;  // with the settings that the run uses
  std::string images_sha256;  // of the training images
  TrainState state;
  bool portable = false;  // arithmetic of the run (core/arithmetic.h)
  Json session = {};  // additional state of a session in a page (train/session/session.h), else null
};

// A safetensors file like a weight file, with the optimizer's moments and the averaged weights beside the weights, all
// f32; at most kTrainingStateFile.bytes. Throws Error for a number that is not finite, because load_run would refuse
// it.
std::vector<std::byte> save_run(const SavedRun&);

// Throws Error naming `file_name` and the item for anything that save_run would not write.
SavedRun load_run(std::span<const std::byte> bytes, std::string_view file_name);

// Throws Error, beginning with `file_name`, unless the run's arithmetic is that of this program now.
void require_same_arithmetic(const SavedRun&, std::string_view file_name);

}  // namespace loom
