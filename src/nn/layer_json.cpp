#include "nn/layer_json.h"

#include <array>

#include "core/error.h"

namespace loom {
namespace {

// Far above what any sensible network for 64x64 images needs, and far below sizes whose products overflow.
constexpr std::int64_t kMaxWidth = 1 << 20, kMaxChannels = 4096, kMaxSide = 256, kMaxKernel = 16;

// Index has 32 bits in WebAssembly; every limit here is far below 2^31.
Index index(const JsonItem& item, std::int64_t low, std::int64_t high) {
  return static_cast<Index>(item.integer(low, high));
}

Json pair_json(Index first, Index second) { return Json().push(first).push(second); }

std::array<Index, 2> pair(const JsonItem& item, std::int64_t low) {
  if (item.size() != 2) item.refuse(text(item.size(), " numbers"), "2 numbers");
  return {index(item.at(0), low, kMaxKernel), index(item.at(1), low, kMaxKernel)};
}

Window window_of(const JsonItem& item) {
  const auto [kernel_height, kernel_width] = pair(item.at("kernel"), 1);
  const auto [stride_height, stride_width] = pair(item.at("stride"), 1);
  const JsonItem pad = item.at("pad");
  if (pad.size() != 4) pad.refuse(text(pad.size(), " numbers"), "4 numbers: top, left, bottom, right");
  const auto side = [&](std::size_t i, Index kernel) { return index(pad.at(i), 0, kernel - 1); };
  return {kernel_height,          kernel_width,          stride_height,          stride_width,
          side(0, kernel_height), side(1, kernel_width), side(2, kernel_height), side(3, kernel_width)};
}

}  // namespace

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

Index width_from_json(const JsonItem& item) { return index(item, 1, kMaxWidth); }

void spend_weights(std::int64_t weights, const JsonItem& layer, Index& budget) {
  if (weights > budget)
    layer.refuse(text(weights, " weights"), text("at most the ", budget, " that the file can hold"));
  budget -= static_cast<Index>(weights);
}

void describe_window(const WindowDescription& d, Json& json) {
  const Window& w = d.window;
  json.set("in", image_shape_json(d.in)).set("out", image_shape_json(d.out));
  json.set("kernel", pair_json(w.kernel_height, w.kernel_width));
  json.set("stride", pair_json(w.stride_height, w.stride_width));
  json.set("pad", Json().push(w.pad_top).push(w.pad_left).push(w.pad_bottom).push(w.pad_right));
}

WindowDescription window_from_json(const JsonItem& layer, Index& budget) {
  layer.allow_only({"kind", "in", "out", "kernel", "stride", "pad"});
  const WindowDescription d{image_shape_from_json(layer.at("in")), image_shape_from_json(layer.at("out")),
                            window_of(layer)};
  spend_weights(std::int64_t{d.in.channels} * d.out.channels * d.window.taps() + d.out.channels, layer, budget);
  return d;
}

void check_output(const ImageShape& made, const ImageShape& described, const JsonItem& layer) {
  if (made != described)
    layer.at("out").refuse(image_shape_text(described), text(image_shape_text(made), " from the other values"));
}

}  // namespace loom
