// The options of `loom train`: a recipe, changes of its settings, and paths.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/common.h"
#include "train/recipes.h"

namespace loom {

struct TrainOptions {
  std::string recipe, out;
  DataSource data;
  std::string config;  // path of a JSON file with settings, may be empty
  std::vector<std::pair<std::string, std::string>> changes;  // name and text, as given
  int threads = 0, repeats = 1;
  bool resume = false, force = false, f32 = false, portable = false;
  std::string start;  // path of a weight file to start from, may be empty
  Index first = 0;    // train on the first images only; 0: all
};

// Adds the options to the command; each setting of a recipe gets an option with its name, with dashes for underscores.
void add_train_options(CLI::App& command, TrainOptions&);

// The recipe with the file's settings and then the changes; throws Error naming a setting that is unknown or out of
// range. A small data set keeps at most a tenth of its images for validation unless the options say otherwise.
Recipe effective_recipe(const TrainOptions&, Index images);

// The command that gives the same weights again, with the same options but without this machine's folders.
std::string command_text(const TrainOptions&, const std::string& file_name);

}  // namespace loom
