// Inside one of a model's two networks: the output of each of its units for an input, how units are shown, and their
// typical values. P pixels, D latent dimensions.
#pragma once

#include <cstdint>
#include <vector>

#include "explorer/model/loaded_model.h"
#include "explorer/state/deadline.h"
#include "explorer/state/unit_choice.h"
#include "nn/layer_output.h"

namespace loom {

enum class UnitLook : std::uint8_t {
  number,   // a unit is one number
  map,      // a map of numbers
  weights,  // an image: the unit's number times its weights to or from the pixels
  picture,  // all units together are one image
};

// The input of a network or the output of one of its layers.
struct InsideStage {
  ImageShape shape;  // units x height x width of a map
  UnitLook look = UnitLook::number;
  const Linear* pixels = nullptr;  // of look `weights`: the layer between the units and the pixels
  // Typical values, measured over the test set. Until this is done, `low` and `high` are empty, and `full` is measured
  // for the first input.
  std::vector<float> low, high;  // the least and the greatest activation of each unit
  std::vector<Index> order;  // of the units, those that change most from image to image first
  std::vector<float> full;  // of each unit: the number, or pixel of its map or image, that gets the full colour

  Index units() const { return shape.channels; }
};

const Sequential& layers_of(const Model& model, Network network);

// The nearest choice that the model has.
UnitChoice bounded(UnitChoice choice, const Model& model);

// How a variational autoencoder draws a code for an image: z = mu + sigma epsilon, all (1, D).
struct DrawnCode {
  Matrix mu, logvar, sigma, epsilon, z;
};
// With the epsilon of a seed, drawn from N(0, 1).
DrawnCode drawn_code(const Posterior& posterior, std::uint32_t seed);

class Inside {
 public:
  // Runs the network of the model for x: a code (1, D) for the decoder, an image (1, P) for the encoder. Does nothing
  // if all are the same as last time.
  void show(const LoadedModel& model, Network network, const Matrix& x);

  // Measures the typical values of the units until the deadline. Returns true while there is more to do.
  bool measure(const Deadline& deadline);

  // The input first, then one stage per layer. Empty before the first show().
  const std::vector<InsideStage>& stages() const { return stages_; }
  const ImageShape& picture_shape() const { return model_->file.model.spec.image; }
  // The maps of a stage's units, (units, height * width), for the last input.
  const Matrix& maps(std::size_t stage) const { return stage == 0 ? input_ : outputs_[stage - 1].maps; }
  const Sequential& layers() const { return layers_of(model_->file.model, network_); }
  Network network() const { return network_; }

  // The activation of a unit: its number, or the mean of its map.
  float activation(std::size_t stage, Index unit) const;
  // The pixels (P) of a unit's image, with look `weights`.
  RowVector weighted(std::size_t stage, Index unit) const;

  // What the last layer's outputs mean: the image, as decode() makes it, or the posterior, as encode() makes it.
  Matrix image() const;
  Posterior posterior() const;

  std::uint64_t serial() const { return serial_; }  // grows whenever something above changes

 private:
  struct Measured {  // of a stage, over the samples so far
    RowVector sum, squares;  // (units * height * width), channels-last
    std::vector<float> low, high;
  };
  void begin_measuring();
  void measure_batch();
  RowVector weights(const InsideStage& stage, Index unit) const;
  void add(Measured& measured, const InsideStage& stage, const Matrix& rows) const;
  void finish_measuring();

  const LoadedModel* model_ = nullptr;
  Network network_ = Network::decoder;
  Matrix x_;
  std::vector<InsideStage> stages_;
  Matrix input_;  // as maps
  std::vector<LayerOutput> outputs_;
  std::uint64_t serial_ = 0;

  Matrix codes_;  // of the samples, (K, D)
  Index measured_ = 0;  // samples
  std::vector<Measured> statistics_;
  Workspace workspace_, measuring_;
};

}  // namespace loom
