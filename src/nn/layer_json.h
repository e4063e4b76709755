// Helpers with which layers read and write their part of a model's description (model/network_json.h).
#pragma once

#include <cstdint>
#include <string>

#include "core/image.h"
#include "core/json/json_item.h"
#include "nn/kernels/window.h"

namespace loom {

// An image shape as [C, H, W], and back. Reading throws Error for sizes whose products could overflow.
Json image_shape_json(const ImageShape& shape);
ImageShape image_shape_from_json(const JsonItem& item);

// The number of inputs or outputs of a layer. Throws Error if it is out of range.
Index width_from_json(const JsonItem& item);

// Subtracts `weights` from `budget`, the number of weights that the rest of the network may have. Throws Error if that
// is more than is left. Called before memory is allocated. `weights` has 64 bits even where Index has 32, because
// products of allowed sizes can exceed 32 bits.
void spend_weights(std::int64_t weights, const JsonItem& layer, Index& budget);

// A convolution of either kind: {"in": [C, H, W], "out": [C, H, W], "kernel": [h, w], "stride": [h, w],
// "pad": [top, left, bottom, right]}; pads are explicit because frameworks disagree about "same".
struct WindowDescription {
  ImageShape in, out;
  Window window;
};
void describe_window(const WindowDescription&, Json& json);
WindowDescription window_from_json(const JsonItem& layer, Index& budget);

// Throws Error unless the output shape of the layer that was made equals the one in its description.
void check_output(const ImageShape& made, const ImageShape& described, const JsonItem& layer);

}  // namespace loom
