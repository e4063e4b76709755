// What the layers share when they read and write their part of a model's description (model/network_json.h).
#pragma once

#include <cstdint>
#include <string>

#include "core/image.h"
#include "core/json_item.h"
#include "nn/window.h"

namespace loom {

// (C, H, W) as [C, H, W]. Reading throws Error for sizes whose products could overflow.
Json image_shape_json(const ImageShape& shape);
ImageShape image_shape_from_json(const JsonItem& item);

// A number of inputs or outputs.
Index width_from_json(const JsonItem& item);

// Subtracts `weights` from what the rest of the network may have; throws Error if that is more than is left. Called
// before memory is taken. 64 bits even where Index has 32: the sizes that are allowed have larger products.
void spend_weights(std::int64_t weights, const JsonItem& layer, Index& budget);

// A convolution of either kind: {"in": [C, H, W], "out": [C, H, W], "kernel": [h, w], "stride": [h, w],
// "pad": [top, left, bottom, right]}; pads are explicit because frameworks disagree about "same".
struct WindowDescription {
  ImageShape in, out;
  Window window;
};
void describe_window(const WindowDescription&, Json& json);
WindowDescription window_from_json(const JsonItem& layer, Index& budget);

// Throws Error unless the layer made of a description gives the output that the description says.
void check_output(const ImageShape& made, const ImageShape& described, const JsonItem& layer);

}  // namespace loom
