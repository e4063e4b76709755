#include "train/recipes.h"

#include "core/error.h"

namespace loom {

std::span<const Recipe> recipes() {
  // What each setting is worth was measured on 5,000 training images kept apart, never on the test set.
  static const std::vector<Recipe> kRecipes{
      {.name = "fashion-conv-vae-2d",
       .what = "convolutional variational autoencoder of Fashion-MNIST with two latent dimensions",
       .dataset = "fashion-mnist",
       .architecture = "conv",
       .options = {.channels = {32, 32, 32}, .hidden = {96}, .activation = "gelu_tanh"},
       .training = {.epochs = 60,
                    .chunk_size = 32,
                    .learning_rate = 2e-3,
                    .schedule = "cosine",
                    .warmup_steps = 500,
                    .clip_norm = 100,
                    .average_decay = 0.999}},
      {.name = "fashion-dense-vae-2d",
       .what = "fully connected variational autoencoder of Fashion-MNIST with two latent dimensions",
       .dataset = "fashion-mnist",
       .architecture = "dense",
       .options = {.channels = {}, .hidden = {512, 256, 128}, .activation = "gelu_tanh"},
       .training = {.epochs = 40,
                    .learning_rate = 1e-3,
                    .schedule = "cosine",
                    .warmup_steps = 500,
                    .clip_norm = 100,
                    .average_decay = 0.999}},
  };
  return kRecipes;
}

const Recipe& find_recipe(std::string_view name) {
  std::string known;
  for (const Recipe& recipe : recipes()) {
    if (recipe.name == name) return recipe;
    known += text(known.empty() ? "" : ", ", recipe.name);
  }
  fail("recipe '", name, "' is not known; known are ", known);
}

Model build_recipe(const Recipe& recipe, const Dataset& dataset, std::uint64_t seed) {
  ModelSpec spec;
  spec.image = dataset.shape;
  spec.latent_dim = recipe.latent_dim;
  spec.variational = recipe.variational;
  spec.likelihood = recipe.likelihood;
  spec.class_names = dataset.class_names;
  return build_model(spec, recipe.architecture, recipe.options, seed);
}

}  // namespace loom
