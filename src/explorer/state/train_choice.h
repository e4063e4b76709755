// What the visitor chose to train in the page: plain values, and the settings of the trainer that they stand for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace loom {

enum class TrainData : std::uint8_t { fashion, digits };
enum class TrainSize : std::uint8_t { tiny, small, medium, large };

inline constexpr std::array<std::uint8_t, 4> kTrainDimensions{1, 2, 3, 10};
inline constexpr float kLargestBeta = 20;
inline constexpr int kMostTrainEpochs = 60, kTrainClasses = 10;

struct TrainChoice {
  TrainData data = TrainData::fashion;
  TrainSize size = TrainSize::large;
  std::uint8_t latent_dim = 2;  // one of kTrainDimensions
  bool variational = true;      // false: a plain autoencoder, without KL
  float beta = 1;               // weight of the KL, 0 to kLargestBeta
  std::uint8_t epochs = 0;      // at most kMostTrainEpochs; 0: as many as the size needs
  std::uint32_t seed = 0;
  std::int8_t leave_out = -1;   // a class that the model never sees; -1: none

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
  save_command
};

// The nearest choice in which every value is allowed.
TrainChoice bounded(TrainChoice choice);

int epochs_of(const TrainChoice& choice);

// {"data": "mnist", "name": "digits-vae-2d", "settings": {...}} as JSON: the data pack, the name for files, and the
// settings in the words of train/recipe_json.h.
std::string training_settings(const TrainChoice& choice);

// Choices to learn from: the usual one, collapse by a large beta, no KL, a class that is left out, a network that is
// too small. The data set and the seed stay, but bags are left out of Fashion-MNIST.
inline constexpr std::size_t kMissions = 5;
TrainChoice mission(std::size_t which, const TrainChoice& now);

}  // namespace loom
