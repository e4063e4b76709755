// The order in which an epoch visits the training images, and its division into batches. Both are pure functions, so a
// resumed run continues with the batch that would have come next.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/types.h"

namespace loom {

// `indices` in a random order that depends on (seed, epoch). Throws Error for epoch < 0.
std::vector<Index> epoch_order(std::span<const Index> indices, std::uint64_t seed, Index epoch);

// Batches needed for `size` images: ceil(size / batch_size). Throws Error for batch_size < 1 or a negative size.
Index batch_count(Index size, Index batch_size);

// Batch number `batch` (0-based) of an epoch, as a view into `order`; the last one may be smaller.
// Throws Error unless 0 <= batch < batch_count(order.size(), batch_size).
std::span<const Index> batch_of(std::span<const Index> order, Index batch_size, Index batch);

}  // namespace loom
