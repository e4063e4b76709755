// The command line that repeats a run.
#pragma once

#include <string>

#include "train/recipes.h"

namespace loom {

struct CommandFacts {
  std::string file_name = "model.safetensors";  // of the weight file
  std::string start;  // name of the weight file that the run starts from; empty: none
  Index first = 0;    // train on the first images only; 0: all
  Index images = 0;   // in the data set after that
  bool portable = false, f32 = false;
};

// "loom train RECIPE --data DIR ..." with an option for every setting that differs from the recipe of this name. DIR
// stands for the data folder, which differs between machines.
std::string train_command(const Recipe&, const CommandFacts&);

}  // namespace loom
