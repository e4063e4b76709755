// Named models with the settings that train them well. A recipe is a row of data in recipes.cpp and nothing else.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.h"
#include "model/architectures.h"
#include "train/config.h"

namespace loom {

struct Recipe {
  std::string name;          // as on the command line and in the weight file
  std::string what;          // one line for people
  std::string use;           // what it is good for, a sentence
  std::string dataset;       // a name of known_datasets()
  std::string method = "gradient";  // or "pca"
  std::string architecture;  // a name of architectures()
  ArchitectureOptions options = {};
  Index latent_dim = 2;
  bool variational = true;
  std::string likelihood = "bernoulli";
  TrainConfig training = {};
};

// Calls see(name, field, help) for every setting of a recipe, those of its training included.
template <class R, class See>
void for_each_recipe_field(R& r, See&& see) {
  see("method", r.method, "gradient, or pca (principal component analysis; architecture linear)");
  see("architecture", r.architecture, "dense, conv or linear");
  see("channels", r.options.channels, "of the convolutions, for example 32,32,32");
  see("hidden", r.options.hidden, "widths of the encoder's dense layers, for example 512,256,128");
  see("decoder_hidden", r.options.decoder_hidden, "widths of the decoder's; none: the encoder's, mirrored");
  see("activation", r.options.activation, "relu, gelu_tanh, silu, tanh or sigmoid");
  see("fourier_features", r.options.fourier_features, "frequencies of z in front of the decoder");
  see("fourier_scale", r.options.fourier_scale, "their standard deviation at the start");
  see("latent_dim", r.latent_dim, "dimensions of the latent space");
  see("variational", r.variational, "true, or false for a plain autoencoder");
  see("likelihood", r.likelihood, "the loss: bernoulli (bce), continuous_bernoulli, mse, linear_mse, ssim, ssim_mse");
  for_each_config_field(r.training, see);
}

std::span<const Recipe> recipes();
const Recipe& find_recipe(std::string_view name);  // throws Error if unknown, naming the known ones

// Throws Error naming the setting, its value and what is allowed. Puts an alias of the likelihood into its name.
void check_recipe(Recipe&);

// The recipe's model for images of the data set's shape, its weights initialised from training.seed.
Model build_recipe(const Recipe&, const Dataset&);

}  // namespace loom
