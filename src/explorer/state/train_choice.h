// What the visitor chose to train in the page: plain values, and the settings of the trainer that they stand for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

enum class TrainData : std::uint8_t { fashion, digits, own };
enum class TrainSize : std::uint8_t { tiny, small, medium, large };
enum class TrainNetwork : std::uint8_t { dense, conv };

inline constexpr std::array<std::uint8_t, 4> kTrainDimensions{1, 2, 3, 10};
inline constexpr float kLargestBeta = 50;  // with 20, a code in two dimensions still pays for itself
inline constexpr int kMostTrainEpochs = 60, kTrainClasses = 10;
inline constexpr float kSlowestRate = 1e-5f, kFastestRate = 0.1f;  // in steps of the slowest
inline constexpr int kSmallestBatch = 8, kLargestBatch = 512;
inline constexpr std::uint32_t kFewestTrainImages = 100, kMostTrainImages = 60000;

// The trainer's own names (train/recipe_json.h), the usual one first. The trainer is not part of the explorer's module,
// so they are written here once more; a test compares them.
inline constexpr std::array<std::string_view, 4> kTrainOptimizers{"adam", "adamw", "rmsprop", "sgd"};
inline constexpr std::array<std::string_view, 5> kTrainActivations{"gelu_tanh", "relu", "silu", "tanh", "sigmoid"};
inline constexpr std::array<std::string_view, 4> kTrainNoises{"none", "gaussian", "masking", "salt-and-pepper"};

struct TrainChoice {
  TrainData data = TrainData::fashion;
  TrainSize size = TrainSize::large;
  std::uint8_t latent_dim = 2;  // one of kTrainDimensions
  bool variational = true;  // false: a plain autoencoder, without KL
  float beta = 1;  // weight of the KL, 0 to kLargestBeta
  std::uint8_t epochs = 0;  // at most kMostTrainEpochs; 0: as many as the size needs
  std::uint32_t seed = 0;
  std::int8_t leave_out = -1;  // a class that the model never sees; -1: none
  std::int8_t only = -1;  // the only class that the model sees; -1: all. Then leave_out is -1.
  TrainNetwork network = TrainNetwork::dense;
  float learning_rate = 0;  // kSlowestRate to kFastestRate; 0: what suits the network and the optimizer
  std::uint16_t batch_size = 64;  // images per step, kSmallestBatch to kLargestBatch
  std::uint8_t optimizer = 0;  // into kTrainOptimizers
  std::uint8_t activation = 0;  // into kTrainActivations
  std::uint8_t noise = 0;  // into kTrainNoises: what the encoder's input is corrupted with
  float noise_level = 0.3f;  // 0 to 1: standard deviation, or share of pixels; without noise the usual one
  std::uint32_t images = 0;  // train on the first images only, kFewestTrainImages or more; 0: on all

  bool operator==(const TrainChoice&) const = default;
};

// What the panel asks of the run, beside the choice.
enum class TrainAsk : std::uint8_t {
  start,
  start_epoch,
  pause,
  go_on,
  resume,  // the run of an earlier visit
  forget,  // it
  epoch,
  beta,
  save_weights,
  save_card,
  save_command,
  start_step,
  step,
  learning_rate,
  start_from,  // a new run that begins with the weights of the model that is shown
  reset,  // back to the weights before the first step
  fork,  // start_from with those of the run, of which a copy stays
  copy  // keeps a copy of the run's model
};

// The visitor's own images, as far as the panel has to know them.
struct TrainImages {
  std::uint32_t count = 0;  // 0: there are none
  std::uint32_t height = 0, width = 0;
  std::vector<std::string> class_names;  // empty: they have no classes
  std::string words;  // a sentence: where they are from, and what could not be read
};

// The nearest choice in which every value is allowed.
TrainChoice bounded(TrainChoice choice);

int epochs_of(const TrainChoice& choice);
float learning_rate_of(const TrainChoice& choice);

// The number of images that the choice trains on and holds out; `own` are the visitor's.
std::uint32_t images_of(const TrainChoice& choice, const TrainImages& own);

// The name of a class of the chosen data, or its number.
std::string train_class_name(const TrainChoice& choice, int c, const TrainImages& own);
// How many classes the chosen data have.
int train_classes(const TrainChoice& choice, const TrainImages& own);

// The name for the files of what is trained: "digits-vae-2d".
std::string trained_name(const TrainChoice& choice, bool going_on);

// {"data": "mnist", "name": "digits-vae-2d", "settings": {...}} as JSON: the data pack ("own": the visitor's images),
// the name for files, and the settings in the words of train/recipe_json.h. With `going_on`, the network is that of the
// model that the run begins with, and only what differs from the usual choice changes its recipe.
std::string training_settings(const TrainChoice& choice, const TrainImages& own = {}, bool going_on = false);

// Choices to learn from: the usual one, collapse by a large beta, no KL, a class that is left out, a single class, a
// network that is too small. The data set and the seed stay, but classes are those of Fashion-MNIST.
inline constexpr std::size_t kMissions = 6;
TrainChoice mission(std::size_t which, const TrainChoice& now);

}  // namespace loom
