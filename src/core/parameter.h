// One named tensor of trainable numbers. The list of a model's parameters is built in one place and used by the
// optimizer, the weight file, the gradient check and the parameter count, so these cannot disagree.
#pragma once

#include <string>
#include <vector>

#include "core/types.h"

namespace loom {

struct Parameter {
  std::string name;         // as PyTorch would call it: "decoder.2.weight"
  Shape shape;              // as stored in the file
  std::span<Scalar> value;  // row-major; owned by the layer
};

struct ConstParameter {
  std::string name;
  Shape shape;
  std::span<const Scalar> value;
};

}  // namespace loom
