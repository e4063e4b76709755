// Divides a training set into a part to train on and a part to validate on.
#pragma once

#include <cstdint>
#include <vector>

#include "core/types.h"

namespace loom {

struct TrainingSplit {
  std::vector<Index> training, validation;  // both ascending, together 0 .. size-1
};

// Depends on (size, seed) only. For one seed a smaller validation part is contained in a larger one.
// Throws Error unless 0 <= validation_images < size.
TrainingSplit split_training_set(Index size, Index validation_images, std::uint64_t seed);

}  // namespace loom
