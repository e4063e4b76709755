#include "train/recipes.h"

#include "core/error.h"
#include "core/find_named.h"
#include "nn/likelihood/likelihood.h"

namespace loom {

namespace {

// Every setting was chosen by its effect on 5,000 training images set aside for validation, never on the test set.

// Settings with which the weights converge: a cosine schedule to zero, an average over about the last thousand steps,
// and a clipping norm that only exploding gradients reach.
TrainConfig settling(int epochs, double learning_rate) {
  TrainConfig config;
  config.epochs = epochs;
  config.learning_rate = learning_rate;
  config.schedule = "cosine";
  config.warmup_steps = 500;
  config.clip_norm = 100;
  config.average_decay = 0.999;
  return config;
}

template <class Options>
Options with(Options options, auto change) {
  change(options);
  return options;
}

// The convolutional network of the main recipe, of which several recipes are variants.
const ArchitectureOptions kConvolutions{.channels = {32, 32, 32}, .hidden = {96}, .activation = "gelu_tanh"};
// The feature maps of a chunk of this size fit into the L2 cache.
TrainConfig conv_training(int epochs, double beta) {
  return with(settling(epochs, 2e-3), [&](TrainConfig& c) {
    c.chunk_size = 32;
    c.beta = beta;
  });
}

Recipe beta_recipe(std::string name, std::string strength, double beta) {
  return {.name = std::move(name),
          .what = "the convolutional variational autoencoder with " + strength + " pull towards the prior",
          .use = "Compare the three of a kind: how the weight of the KL term shapes the map.",
          .dataset = "fashion-mnist",
          .architecture = "conv",
          .options = kConvolutions,
          .training = conv_training(15, beta)};
}

std::vector<Recipe> make_recipes() {
  return {
      {.name = "fashion-conv-vae-2d",
       .what = "convolutional variational autoencoder of Fashion-MNIST with two latent dimensions",
       .use = "The map to walk: small, smooth, and quick in a page.",
       .dataset = "fashion-mnist",
       .architecture = "conv",
       .options = with(kConvolutions,
                       [](ArchitectureOptions& o) {
                         o.hidden = {192};  // smaller encoders generalise worse to new images
                         o.decoder_hidden = {88};
                       }),
       .training = with(conv_training(50, 1), [](TrainConfig& c) { c.validation_images = 0; })},
      {.name = "fashion-dense-vae-2d",
       .what = "fully connected variational autoencoder of Fashion-MNIST with two latent dimensions",
       .use = "The textbook network, and what PCA is compared with.",
       .dataset = "fashion-mnist",
       .architecture = "dense",
       .options = {.hidden = {512, 256, 128}, .activation = "gelu_tanh"},
       .training = settling(20, 1e-3)},
      {.name = "fashion-sharp-vae-2d",
       .what = "fully connected variational autoencoder with Fourier features, as sharp as two dimensions go",
       .use = "The best likelihood in two dimensions; its map is rougher to walk.",
       .dataset = "fashion-mnist",
       .architecture = "dense",
       .options = {.hidden = {1024, 512, 256},
                   .decoder_hidden = {128, 256, 512},
                   .activation = "gelu_tanh",
                   .fourier_features = 64,
                   .fourier_scale = 3},
       .training = with(settling(50, 1e-3),
                        [](TrainConfig& c) {
                          c.clip_norm = 10;  // a single exploding gradient folds the latent space for good
                          c.validation_images = 0;
                        })},
      {.name = "fashion-dense-vae-10d",
       .what = "fully connected variational autoencoder of Fashion-MNIST with ten latent dimensions",
       .use = "What more dimensions buy; KL warm-up keeps them in use.",
       .dataset = "fashion-mnist",
       .architecture = "dense",
       .options = {.hidden = {512, 256, 128}, .activation = "gelu_tanh"},
       .latent_dim = 10,
       .training = with(settling(50, 1e-3), [](TrainConfig& c) { c.beta_warmup_epochs = 15; })},
      {.name = "fashion-deep-ae-18d",
       .what = "deep autoencoder of Fashion-MNIST, 784-128-64-32-18 and back",
       .use = "Reconstruction and compression without a prior: sampling from it shows why a prior is wanted.",
       .dataset = "fashion-mnist",
       .architecture = "dense",
       .options = {.hidden = {128, 64, 32}, .activation = "relu"},
       .latent_dim = 18,
       .variational = false,
       .likelihood = "mse",
       .training = settling(50, 2e-3)},
      {.name = "fashion-conv-ae-2d",
       .what = "convolutional autoencoder of Fashion-MNIST with two latent dimensions, trained with RMSprop",
       .use = "The map before and after training, and one without a prior: islands and gaps.",
       .dataset = "fashion-mnist",
       .architecture = "conv",
       .options = {.channels = {16, 32, 64}, .activation = "relu"},
       .variational = false,
       .training = with(settling(30, 1e-3),
                        [](TrainConfig& c) {
                          c.optimizer = "rmsprop";
                          c.epsilon = 1e-7;
                          c.chunk_size = 32;
                        })},
      {.name = "mnist-vae-2d",
       .what = "fully connected variational autoencoder of MNIST with two latent dimensions",
       .use = "Digits on a map: the classic figure.",
       .dataset = "mnist",
       .architecture = "dense",
       .options = {.hidden = {256, 128}, .activation = "gelu_tanh"},
       .training = settling(40, 1e-3)},
      {.name = "mnist-vae-20d",
       .what = "variational autoencoder of MNIST, 784-400-20 and back",
       .use = "The best known small variational autoencoder; its means and standard deviations per digit.",
       .dataset = "mnist",
       .architecture = "dense",
       .options = {.hidden = {400}, .activation = "relu"},
       .latent_dim = 20,
       .training = with(settling(10, 2e-3),
                        [](TrainConfig& c) {
                          c.schedule = "hold_then_linear";
                          c.warmup_steps = 100;
                        })},
      {.name = "fashion-denoise-ae",
       .what = "autoencoder of Fashion-MNIST that is shown noise and must give the clean garment",
       .use = "Denoising, as a step before other work, and as the proof that an autoencoder has to be taught it.",
       .dataset = "fashion-mnist",
       .architecture = "dense",
       .options = {.hidden = {256, 128}, .activation = "gelu_tanh"},
       .latent_dim = 32,
       .variational = false,
       .likelihood = "mse",
       .training = with(settling(40, 1e-3),
                        [](TrainConfig& c) {
                          c.corruption = "gaussian";
                          c.corruption_level = 0.3;
                        })},
      {.name = "fashion-ssim-ae-2d",
       .what =
           "convolutional autoencoder of Fashion-MNIST with two latent dimensions, trained on structural similarity",
       .use = "What a loss that looks at structure prefers; compare with the one trained on cross-entropy.",
       .dataset = "fashion-mnist",
       .architecture = "conv",
       .options = kConvolutions,
       .variational = false,
       .likelihood = "ssim_mse",
       .training = conv_training(20, 1)},
      {.name = "fashion-pca-2d",
       .what = "principal component analysis of Fashion-MNIST: the best linear autoencoder with two dimensions",
       .use = "The baseline that every autoencoder should be seen beside.",
       .dataset = "fashion-mnist",
       .method = "pca",
       .architecture = "linear",
       .variational = false,
       .likelihood = "linear_mse",
       .training = with(TrainConfig{}, [](TrainConfig& c) { c.validation_images = 0; })},
      beta_recipe("fashion-beta-0.25-vae-2d", "a quarter of the", 0.25),
      beta_recipe("fashion-beta-1-vae-2d", "the plain", 1),
      beta_recipe("fashion-beta-4-vae-2d", "four times the", 4),
  };
}

}  // namespace

std::span<const Recipe> recipes() {
  static const std::vector<Recipe> kRecipes = make_recipes();
  return kRecipes;
}

const Recipe& find_recipe(std::string_view name) { return find_named(recipes(), name, "recipe"); }

std::vector<std::string_view> method_names() { return {"gradient", "pca"}; }
std::vector<std::string_view> architecture_names() { return row_names(architectures()); }
std::vector<std::string_view> activation_names() { return row_names(activation_functions()); }
std::vector<std::string_view> likelihood_names() { return row_names(likelihoods()); }

void check_recipe(Recipe& recipe) {
  if (const Likelihood* likelihood = find_likelihood(recipe.likelihood)) recipe.likelihood = likelihood->name;
  for_each_recipe_field(recipe, [](const auto& setting, const auto& value) { setting.check(value); });
  if (recipe.method == "pca" &&
      (recipe.architecture != "linear" || recipe.variational || recipe.likelihood != "linear_mse"))
    fail("method pca needs architecture linear, variational false and likelihood linear_mse");
  check_config(recipe.training);
}

Model build_recipe(const Recipe& recipe, const Dataset& dataset) {
  ModelSpec spec;
  spec.image = dataset.shape;
  spec.latent_dim = recipe.latent_dim;
  spec.variational = recipe.variational;
  spec.likelihood = recipe.likelihood;
  spec.class_names = dataset.class_names;
  return build_model(spec, recipe.architecture, recipe.options, recipe.training.seed);
}

}  // namespace loom
