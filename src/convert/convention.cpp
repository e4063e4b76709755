#include "convert/convention.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "core/find_named.h"

namespace loom {
namespace {

constexpr std::array<Convention, 2> kConventions{{{"pytorch", false}, {"keras", true}}};

// The index in (C, H, W) order of element i in (H, W, C) order.
Index from_channels_last(const ImageShape& s, Index i) {
  return i % s.channels * (s.height * s.width) + i / s.channels;
}

// The index in our order of element i in the other framework's order.
Index ours_of(const std::optional<ImageShape>& image, Index i) { return image ? from_channels_last(*image, i) : i; }

ForeignShape window_shape(const WindowMap& map, bool channels_last, bool large_is_output) {
  const Index small = map.small.channels, large = map.large.channels;
  const Index kh = map.window.kernel_height, kw = map.window.kernel_width;
  // Keras: (kh, kw, in, out) for a convolution, (kh, kw, out, in) for a transposed one: large before small in both.
  if (channels_last) return {{kh, kw, large, small}, std::size_t{large_is_output ? 2u : 3u}};
  return {{small, large, kh, kw}, std::size_t{large_is_output ? 1u : 0u}};
}

// (kh, kw, large, small) to (small, large, kh, kw).
std::vector<float> window_ours(const WindowMap& map, bool channels_last, const std::vector<float>& weights) {
  if (!channels_last) return weights;
  const Index taps = map.window.taps(), large = map.large.channels, small = map.small.channels;
  std::vector<float> result(weights.size());
  for (Index t = 0; t < taps; ++t)
    for (Index l = 0; l < large; ++l)
      for (Index s = 0; s < small; ++s)
        result[static_cast<std::size_t>((s * large + l) * taps + t)] =
            weights[static_cast<std::size_t>((t * large + l) * small + s)];
  return result;
}

// The next layer in the direction of `step` that is not an activation; null if there is none.
const Layer* neighbour(const Sequential& net, std::size_t i, int step) {
  for (std::size_t at = i;;) {
    if (step < 0 ? at == 0 : at + 1 == net.size()) return nullptr;
    at = step < 0 ? at - 1 : at + 1;
    if (!std::holds_alternative<Activation>(net[at])) return &net[at];
  }
}

}  // namespace

ForeignShape Convention::shape_of(const Linear& layer) const {
  if (channels_last) return {{layer.inputs(), layer.outputs()}, 1};
  return {{layer.outputs(), layer.inputs()}, 0};
}
// Neither framework has such a layer, so the shape is (frequencies, inputs) as here.
ForeignShape Convention::shape_of(const Fourier& layer) const {
  return {{layer.weight.rows(), layer.weight.cols()}, 0};
}
ForeignShape Convention::shape_of(const Conv2d& layer) const { return window_shape(layer.map, channels_last, false); }
ForeignShape Convention::shape_of(const ConvTranspose2d& layer) const {
  return window_shape(layer.map, channels_last, true);
}

std::vector<float> Convention::ours(const Linear& layer, const std::vector<float>& weights,
                                    const FlattenOrder& order) const {
  if (!channels_last) return weights;
  std::vector<float> result(weights.size());
  for (Index i = 0; i < layer.inputs(); ++i)
    for (Index o = 0; o < layer.outputs(); ++o)
      result[static_cast<std::size_t>(ours_of(order.outputs, o) * layer.inputs() + ours_of(order.inputs, i))] =
          weights[static_cast<std::size_t>(i * layer.outputs() + o)];
  return result;
}
std::vector<float> Convention::ours(const Fourier&, const std::vector<float>& weights, const FlattenOrder&) const {
  return weights;
}
std::vector<float> Convention::ours(const Conv2d& layer, const std::vector<float>& weights, const FlattenOrder&) const {
  return window_ours(layer.map, channels_last, weights);
}
std::vector<float> Convention::ours(const ConvTranspose2d& layer, const std::vector<float>& weights,
                                    const FlattenOrder&) const {
  return window_ours(layer.map, channels_last, weights);
}

std::vector<float> Convention::ours_bias(std::vector<float> bias, const FlattenOrder& order) const {
  if (!order.outputs) return bias;
  std::vector<float> result(bias.size());
  for (std::size_t i = 0; i < bias.size(); ++i)
    result[static_cast<std::size_t>(ours_of(order.outputs, static_cast<Index>(i)))] = bias[i];
  return result;
}

FlattenOrder Convention::order_around(const Sequential& net, std::size_t i, const JsonItem& layer) const {
  FlattenOrder order;
  if (!channels_last) return order;
  const auto next_to = [&](int step, const char* where) {
    const Layer* other = neighbour(net, i, step);
    if (!other || !std::holds_alternative<Linear>(*other))
      layer.refuse(layer.at("kind").string(), text("a linear layer ", where, " it, to take up Keras' order H, W, C"));
  };
  if (std::holds_alternative<Flatten>(net[i])) next_to(+1, "behind");
  if (std::holds_alternative<Unflatten>(net[i])) next_to(-1, "before");
  if (!std::holds_alternative<Linear>(net[i])) return order;
  if (const Layer* before = neighbour(net, i, -1))
    if (const auto* flatten = std::get_if<Flatten>(before)) order.inputs = flatten->shape;
  if (const Layer* behind = neighbour(net, i, +1))
    if (const auto* unflatten = std::get_if<Unflatten>(behind)) order.outputs = unflatten->shape;
  return order;
}

Json Convention::pads(const JsonItem& layer, const JsonItem& pad) const {
  if (pad.string() != "same") pad.refuse(quoted_name(pad.string()), "\"same\" or 4 numbers: top, left, bottom, right");
  if (!channels_last) pad.refuse("\"same\"", "4 numbers: PyTorch has no such padding for windows with a stride");
  const bool transposed = layer.at("kind").string() == "conv_transpose2d";
  const JsonItem large = layer.at(transposed ? "out" : "in"), small = layer.at(transposed ? "in" : "out");
  std::array<std::int64_t, 2> near{}, far{};
  for (std::size_t axis = 0; axis < 2; ++axis) {
    const std::int64_t kernel = layer.at("kernel").at(axis).integer(1, 1024);
    const std::int64_t stride = layer.at("stride").at(axis).integer(1, 1024);
    const std::int64_t positions = small.at(axis + 1).integer(1, 1024), size = large.at(axis + 1).integer(1, 1024);
    const std::int64_t total = std::max<std::int64_t>((positions - 1) * stride + kernel - size, 0);
    near[axis] = total / 2;
    far[axis] = total - near[axis];
  }
  return Json().push(near[0]).push(near[1]).push(far[0]).push(far[1]);
}

const Convention& find_convention(const JsonItem& name) {
  if (const Convention* convention = find_row(kConventions, name.string())) return *convention;
  name.refuse(quoted_name(name.string()), text("one of ", names_of(kConventions)));
}

}  // namespace loom
