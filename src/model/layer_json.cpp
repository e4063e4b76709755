#include "model/layer_json.h"

#include <array>

#include "core/error.h"

namespace loom {
namespace {

// Far above any sensible network for 64x64 images, far below sizes whose products overflow.
constexpr std::int64_t kMaxWidth = 1 << 20, kMaxChannels = 4096, kMaxSide = 256, kMaxKernel = 16;
constexpr std::size_t kMaxLayers = 100;

// Index has 32 bits in WebAssembly; every limit here is far below.
Index index(const JsonItem& item, std::int64_t low, std::int64_t high) {
  return static_cast<Index>(item.integer(low, high));
}

Index width(const JsonItem& item) { return index(item, 1, kMaxWidth); }

Json pair_json(Index first, Index second) { return Json().push(first).push(second); }

std::array<Index, 2> pair(const JsonItem& item, std::int64_t low) {
  if (item.size() != 2) item.refuse(text(item.size(), " numbers"), "2 numbers");
  return {index(item.at(0), low, kMaxKernel), index(item.at(1), low, kMaxKernel)};
}

// In 64 bits even where Index has 32: the limits above allow products beyond.
void spend(std::int64_t weights, const JsonItem& item, Index& budget) {
  if (weights > budget) item.refuse(text(weights, " weights"), text("at most the ", budget, " that the file can hold"));
  budget -= static_cast<Index>(weights);
}

Json window_map_json(std::string_view kind, const ImageShape& in, const ImageShape& out, const Window& w) {
  Json json;
  json.set("kind", kind).set("in", image_shape_json(in)).set("out", image_shape_json(out));
  json.set("kernel", pair_json(w.kernel_height, w.kernel_width));
  json.set("stride", pair_json(w.stride_height, w.stride_width));
  return json.set("pad", Json().push(w.pad_top).push(w.pad_left).push(w.pad_bottom).push(w.pad_right));
}

Window window_from_json(const JsonItem& item) {
  const auto [kernel_height, kernel_width] = pair(item.at("kernel"), 1);
  const auto [stride_height, stride_width] = pair(item.at("stride"), 1);
  const JsonItem pad = item.at("pad");
  if (pad.size() != 4) pad.refuse(text(pad.size(), " numbers"), "4 numbers: top, left, bottom, right");
  const auto side = [&](std::size_t i, Index kernel) { return index(pad.at(i), 0, kernel - 1); };
  return {kernel_height,          kernel_width,          stride_height,          stride_width,
          side(0, kernel_height), side(1, kernel_width), side(2, kernel_height), side(3, kernel_width)};
}

template <class Convolution>
Layer convolution_from_json(const JsonItem& item, Index& budget) {
  item.allow_only({"kind", "in", "out", "kernel", "stride", "pad"});
  const ImageShape in = image_shape_from_json(item.at("in")), out = image_shape_from_json(item.at("out"));
  const Window window = window_from_json(item);
  spend(std::int64_t{in.channels} * out.channels * window.taps() + out.channels, item, budget);
  Convolution layer(in, out.channels, window);
  if (layer.out() != out)
    item.at("out").refuse(image_shape_text(out), text(image_shape_text(layer.out()), " from the other values"));
  return layer;
}

Layer linear_from_json(const JsonItem& item, Index& budget) {
  item.allow_only({"kind", "in", "out"});
  const Index in = width(item.at("in")), out = width(item.at("out"));
  spend(std::int64_t{in + 1} * out, item, budget);
  return Linear(in, out);
}

Layer fourier_from_json(const JsonItem& item, Index& budget) {
  item.allow_only({"kind", "in", "frequencies"});
  const Index in = width(item.at("in")), frequencies = width(item.at("frequencies"));
  spend(std::int64_t{in} * frequencies, item, budget);
  return Fourier(in, frequencies);
}

template <class Reshape>
Layer reshape_from_json(const JsonItem& item, Index&) {
  item.allow_only({"kind", "shape"});
  return Reshape{image_shape_from_json(item.at("shape"))};
}

// A new kind of layer with a name of its own is a row here and an overload of describe below.
struct Kind {
  std::string_view name;
  Layer (*read)(const JsonItem&, Index& budget);
};
constexpr std::array<Kind, 6> kKinds{{
    {"linear", linear_from_json},
    {"conv2d", convolution_from_json<Conv2d>},
    {"conv_transpose2d", convolution_from_json<ConvTranspose2d>},
    {"flatten", reshape_from_json<Flatten>},
    {"unflatten", reshape_from_json<Unflatten>},
    {"fourier", fourier_from_json},
}};

Json describe(const Linear& l) {
  Json json;
  return json.set("kind", "linear").set("in", l.inputs()).set("out", l.outputs());
}
Json describe(const Fourier& l) {
  Json json;
  return json.set("kind", "fourier").set("in", l.inputs()).set("frequencies", l.weight.rows());
}
Json describe(const Conv2d& l) { return window_map_json("conv2d", l.in(), l.out(), l.map.window); }
Json describe(const ConvTranspose2d& l) { return window_map_json("conv_transpose2d", l.in(), l.out(), l.map.window); }
Json describe(const Flatten& l) {
  Json json;
  return json.set("kind", "flatten").set("shape", image_shape_json(l.shape));
}
Json describe(const Unflatten& l) {
  Json json;
  return json.set("kind", "unflatten").set("shape", image_shape_json(l.shape));
}
Json describe(const Activation& l) {
  Json json;
  return json.set("kind", l.function->name);
}

Layer layer_from_json(const JsonItem& item, Index& budget) {
  const std::string& name = item.at("kind").string();
  for (const Kind& kind : kKinds)
    if (kind.name == name) return kind.read(item, budget);
  if (const ActivationFunction* function = find_activation(name)) {
    item.allow_only({"kind"});
    return Activation{function};
  }
  std::string known;
  for (const Kind& kind : kKinds) known += text(known.empty() ? "" : ", ", kind.name);
  for (const ActivationFunction& function : activation_functions()) known += text(", ", function.name);
  item.at("kind").refuse(quoted(name), known);
}

}  // namespace

Json network_json(const Sequential& net) {
  Json layers{Json::Array{}};
  for (const Layer& layer : net) layers.push(std::visit([](const auto& l) { return describe(l); }, layer));
  return layers;
}

Sequential network_from_json(const JsonItem& layers, Index& budget) {
  const std::size_t count = layers.size();
  if (count == 0 || count > kMaxLayers) layers.refuse(text(count, " layers"), text("1 to ", kMaxLayers));
  Sequential net;
  for (const JsonItem& item : layers.elements()) net.push_back(layer_from_json(item, budget));
  return net;
}

Json image_shape_json(const ImageShape& shape) {
  return Json().push(shape.channels).push(shape.height).push(shape.width);
}

ImageShape image_shape_from_json(const JsonItem& item) {
  if (item.size() != 3) item.refuse(text(item.size(), " numbers"), "3 numbers: channels, height, width");
  const ImageShape shape{index(item.at(0), 1, kMaxChannels), index(item.at(1), 1, kMaxSide),
                         index(item.at(2), 1, kMaxSide)};
  if (shape.size() > kMaxWidth) item.refuse(text(shape.size(), " numbers"), text("at most ", kMaxWidth));
  return shape;
}

}  // namespace loom
