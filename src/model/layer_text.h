// A description of a layer, for display.
#pragma once

#include <string>

#include "nn/layer.h"

namespace loom {

struct LayerText {
  std::string name;    // "transposed convolution"
  std::string shapes;  // "16x14x14 to 1x28x28"; empty where nothing changes its shape
};
LayerText layer_text(const Layer&);

}  // namespace loom
