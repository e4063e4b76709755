#include "data/batches.h"

#include <algorithm>

#include "core/error.h"
#include "core/rng.h"

namespace loom {

std::vector<Index> epoch_order(std::span<const Index> indices, std::uint64_t seed, Index epoch) {
  if (epoch < 0) fail("epoch_order: epoch is ", epoch, ", expected at least 0");
  const Rng rng(seed, Stream::shuffle, static_cast<std::uint64_t>(epoch));
  std::vector<Index> order = random_permutation(static_cast<Index>(indices.size()), rng);
  for (Index& entry : order) entry = indices[static_cast<std::size_t>(entry)];
  return order;
}

Index batch_count(Index size, Index batch_size) {
  if (size < 0) fail("batches: ", size, " images, expected at least 0");
  if (batch_size < 1) fail("batches: batch size is ", batch_size, ", expected at least 1");
  return size / batch_size + (size % batch_size > 0 ? 1 : 0);
}

std::span<const Index> batch_of(std::span<const Index> order, Index batch_size, Index batch) {
  const Index size = static_cast<Index>(order.size());
  const Index count = batch_count(size, batch_size);
  if (batch < 0 || batch >= count) fail("batches: batch ", batch, " of ", count);
  const Index begin = batch * batch_size;
  return order.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(std::min(batch_size, size - begin)));
}

}  // namespace loom
