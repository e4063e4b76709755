// Initial weights: every layer says in for_each_tensor how each of its tensors starts.
#pragma once

#include <cstdint>

#include "nn/layer.h"

namespace loom {

// Draws the weights of all layers. `key` distinguishes the networks of one model. Every tensor draws from its own
// stream, so changing one layer does not change the others.
void initialize(Sequential& net, std::uint64_t seed, std::uint64_t key);

}  // namespace loom
