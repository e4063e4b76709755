// Networks as JSON, the part of a weight file that describes how its tensors form layers:
//   [{"kind": "conv2d", "in": [1, 28, 28], "out": [32, 14, 14], "kernel": [3, 3], "stride": [2, 2],
//     "pad": [1, 1, 1, 1]}, {"kind": "relu"}, {"kind": "flatten", "shape": [32, 14, 14]}, ...]
// Shapes are (C, H, W). Each layer reads and writes the members after "kind" itself (nn/layer.h).
#pragma once

#include "core/json/json_item.h"
#include "nn/layer.h"

namespace loom {

Json network_json(const Sequential& net);

// The network described, its weights not yet set. Throws Error naming the item for an unknown kind, for a missing,
// unknown or impossible value, and for a network of more than `budget` weights, before memory is allocated. Subtracts
// the number of weights from `budget`.
Sequential network_from_json(const JsonItem& layers, Index& budget);

}  // namespace loom
