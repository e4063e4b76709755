// Named models with the settings that train them well. A recipe is a row of data in recipes.cpp and nothing else.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "data/dataset.h"
#include "model/architectures.h"
#include "train/config.h"

namespace loom {

struct Recipe {
  std::string name;          // as on the command line and in the weight file
  std::string what;          // one line for people
  std::string dataset;       // a name of known_datasets()
  std::string architecture;  // a name of architectures()
  ArchitectureOptions options;
  Index latent_dim = 2;
  bool variational = true;
  std::string likelihood = "bernoulli";
  TrainConfig training;
};

std::span<const Recipe> recipes();
const Recipe& find_recipe(std::string_view name);  // throws Error if unknown, naming the known ones

// The recipe's model for images of the data set's shape, its weights initialised from `seed`.
Model build_recipe(const Recipe&, const Dataset&, std::uint64_t seed);

}  // namespace loom
