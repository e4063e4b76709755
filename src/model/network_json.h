// Networks as JSON, the part of a weight file that says what its tensors mean:
//   [{"kind": "conv2d", "in": [1, 28, 28], "out": [32, 14, 14], "kernel": [3, 3], "stride": [2, 2],
//     "pad": [1, 1, 1, 1]}, {"kind": "relu"}, {"kind": "flatten", "shape": [32, 14, 14]}, ...]
// Shapes are (C, H, W). What follows "kind" each layer reads and writes itself (nn/layer.h).
#pragma once

#include "core/json_item.h"
#include "nn/layer.h"

namespace loom {

Json network_json(const Sequential& net);

// The network described, its weights not yet set. Throws Error naming the item for an unknown kind, a missing, unknown
// or impossible value, and for networks of more than `budget` weights in all, before memory is taken; subtracts what it
// used from `budget`.
Sequential network_from_json(const JsonItem& layers, Index& budget);

}  // namespace loom
