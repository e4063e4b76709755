// Initial weights, as PyTorch gives them to its linear and convolutional layers, so that recipes carry over.
#pragma once

#include <cstdint>

#include "nn/layer.h"

namespace loom {

// Weights and biases uniform in +-1/sqrt(fan_in) (LeCun et al. 1998, section 4.6, up to a constant; PyTorch's
// reset_parameters). fan_in is the product of a weight's shape without its first dimension. `key` distinguishes the
// networks of one model. Every tensor draws from its own stream, so changing one layer does not change the others.
void initialize(Sequential& net, std::uint64_t seed, std::uint64_t key);

}  // namespace loom
