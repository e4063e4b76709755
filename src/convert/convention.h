// How frameworks lay out the numbers of layers in memory, and how that becomes ours (PyTorch's).
#pragma once

#include <optional>
#include <vector>

#include "core/json_item.h"
#include "nn/layer.h"

namespace loom {

// The shape of a layer's weight elsewhere, and the axis of it that runs over the layer's outputs.
struct ForeignShape {
  Shape shape;
  std::size_t outputs;
};

// The images that a dense layer's inputs were flattened from and its outputs are unflattened to, where that order is
// not ours; no value otherwise.
struct FlattenOrder {
  std::optional<ImageShape> inputs, outputs;
};

class Convention {
 public:
  std::string_view name;
  bool channels_last;  // Keras: kernels end in (in, out), images are (H, W, C)

  ForeignShape shape_of(const Linear&) const;
  ForeignShape shape_of(const Fourier&) const;
  ForeignShape shape_of(const Conv2d&) const;
  ForeignShape shape_of(const ConvTranspose2d&) const;

  // Weights in that shape, and biases, in our order.
  std::vector<float> ours(const Linear&, const std::vector<float>& weights, const FlattenOrder&) const;
  std::vector<float> ours(const Fourier&, const std::vector<float>& weights, const FlattenOrder&) const;
  std::vector<float> ours(const Conv2d&, const std::vector<float>& weights, const FlattenOrder&) const;
  std::vector<float> ours(const ConvTranspose2d&, const std::vector<float>& weights, const FlattenOrder&) const;
  std::vector<float> ours_bias(std::vector<float> bias, const FlattenOrder&) const;

  // What stands around layer i, apart from activations. Throws Error for a flatten or unflatten that has no dense layer
  // on its other side to take up a change of order.
  FlattenOrder order_around(const Sequential& net, std::size_t i, const JsonItem& layer) const;

  // [top, left, bottom, right] for a layer whose "pad" is the word "same". Throws Error for other words, and where the
  // framework has no such padding.
  Json pads(const JsonItem& layer, const JsonItem& pad) const;
};

// Throws Error for an unknown name, with the known ones.
const Convention& find_convention(const JsonItem& name);

}  // namespace loom
