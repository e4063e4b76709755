// One named tensor of trainable numbers. The list of a model's parameters is built in one place and used by the
// optimizer, the weight file, the gradient check and the parameter count, so these cannot disagree.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "core/types.h"

namespace loom {

// How a new tensor is drawn: uniformly in center +- bound.
struct Initial {
  double center = 0, bound = 0;
};

// For a weight of this shape and the bias that follows it: +-1/sqrt(fan_in) (LeCun et al. 1998, section 4.6, up to a
// constant; PyTorch's reset_parameters). fan_in is the product of the shape without its first dimension.
inline Initial fan_in_initial(const Shape& weight) {
  double fan_in = 1;
  for (std::size_t d = 1; d < weight.size(); ++d) fan_in *= static_cast<double>(weight[d]);
  return {.center = 0, .bound = 1.0 / std::sqrt(fan_in)};
}

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
