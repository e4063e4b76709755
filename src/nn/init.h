// Initial weights: the for_each_tensor of every layer gives the distribution for each of its tensors.
#pragma once

#include <cstdint>

#include "nn/layer.h"

namespace loom {

// Draws the weights of all layers. `key` distinguishes the networks of one model. Every tensor draws from its own
// stream, so changing one layer does not change the others.
void initialize(Sequential& net, std::uint64_t seed, std::uint64_t key);

}  // namespace loom
