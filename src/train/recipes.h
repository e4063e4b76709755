// Named models with the settings that train them well. To add a recipe, add a row to the table in recipes.cpp.
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
  std::string what;          // one-line description
  std::string use;           // its use, as a sentence
  std::string dataset;       // a name of known_datasets()
  std::string method = "gradient";  // or "pca"
  std::string architecture;  // a name of architectures()
  ArchitectureOptions options = {};
  Index latent_dim = 2;
  bool variational = true;
  std::string likelihood = "bernoulli";
  TrainConfig training = {};
};

// The names allowed for these settings, from their tables.
std::vector<std::string_view> method_names();
std::vector<std::string_view> architecture_names();
std::vector<std::string_view> activation_names();
std::vector<std::string_view> likelihood_names();

// Calls see(setting, field) for every setting of a recipe, including those of its training, as for_each_config_field.
template <class R, class See>
void for_each_recipe_field(R& r, See&& see) {
  const auto row = [&]<class Value>(Value& field, Setting setting) {
    see(SettingOf<std::remove_const_t<Value>>{setting}, field);
  };
  constexpr Limits kWidths{1, kMaxHiddenWidth};
  row(r.method,
      {"method", "how the model is fitted: by gradients or by principal component analysis", {}, method_names});
  row(r.architecture, {"architecture", "shape of the network", {}, architecture_names});
  row(r.options.channels,
      {"channels", "channels of the convolutions, for example 32,32,32", {1, kMaxConvolutionChannels}});
  row(r.options.hidden, {"hidden", "widths of the encoder's dense layers, for example 512,256,128", kWidths});
  row(r.options.decoder_hidden,
      {"decoder_hidden", "widths of the decoder's dense layers; none: the encoder's, mirrored", kWidths});
  row(r.options.activation, {"activation", "activation function between layers", {}, activation_names});
  row(r.options.fourier_features, {"fourier_features",
                                   "number of Fourier frequencies of z that the decoder gets; 0: none",
                                   {0, kMaxFourierFeatures}});
  row(r.options.fourier_scale,
      {"fourier_scale", "standard deviation of the Fourier frequencies at the start", {0, 1e6}});
  row(r.latent_dim, {"latent_dim", "dimensions of the latent space", {1, kMaxLatentDim}});
  row(r.variational, {"variational", "false for a plain autoencoder"});
  row(r.likelihood, {"likelihood", "reconstruction loss", {}, likelihood_names});
  for_each_config_field(r.training, see);
}

std::span<const Recipe> recipes();
const Recipe& find_recipe(std::string_view name);  // throws Error if unknown, naming the known ones

// Throws Error naming the setting, its value and what is allowed. Replaces an alias of the likelihood by its name.
void check_recipe(Recipe&);

// The recipe's model for images of the data set's shape, its weights initialised from training.seed.
Model build_recipe(const Recipe&, const Dataset&);

}  // namespace loom
