// How frameworks lay out the weights of layers in memory, and conversion to our layout, which is PyTorch's.
#pragma once

#include <optional>
#include <vector>

#include "core/json/json_item.h"
#include "nn/layer.h"

namespace loom {

// The shape of a layer's weight in another framework, and the axis of that shape that runs over the layer's outputs.
struct ForeignShape {
  Shape shape;
  std::size_t outputs;
};

// The shapes of the images that a dense layer's inputs are flattened from and its outputs are unflattened to, where
// the other framework flattens in another order than we do; otherwise nullopt.
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

  // Converts weights of the shape shape_of, and biases, to our order.
  std::vector<float> ours(const Linear&, const std::vector<float>& weights, const FlattenOrder&) const;
  std::vector<float> ours(const Fourier&, const std::vector<float>& weights, const FlattenOrder&) const;
  std::vector<float> ours(const Conv2d&, const std::vector<float>& weights, const FlattenOrder&) const;
  std::vector<float> ours(const ConvTranspose2d&, const std::vector<float>& weights, const FlattenOrder&) const;
  std::vector<float> ours_bias(std::vector<float> bias, const FlattenOrder&) const;

  // The order for layer i, from the layers next to it apart from activations. Throws Error for a flatten or
  // unflatten layer without a dense layer next to it, because no weights can then absorb the change of order.
  FlattenOrder order_around(const Sequential& net, std::size_t i, const JsonItem& layer) const;

  // [top, left, bottom, right] for a layer whose "pad" is the word "same". Throws Error for other words, and where the
  // framework has no such padding.
  Json pads(const JsonItem& layer, const JsonItem& pad) const;
};

// Throws Error for an unknown name, with the known ones.
const Convention& find_convention(const JsonItem& name);

}  // namespace loom
