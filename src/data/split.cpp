#include "data/split.h"

#include <algorithm>

#include "core/error.h"
#include "core/rng.h"

namespace loom {

TrainingSplit split_training_set(Index size, Index validation_images, std::uint64_t seed) {
  if (validation_images < 0 || validation_images >= size)
    fail("split: ", validation_images, " validation images of ", size, ", expected at least 0 and fewer than all");
  const std::vector<Index> order = random_permutation(size, Rng(seed, Stream::split));
  const auto middle = order.begin() + validation_images;
  TrainingSplit split{{middle, order.end()}, {order.begin(), middle}};
  std::ranges::sort(split.training);
  std::ranges::sort(split.validation);
  return split;
}

}  // namespace loom
