#include <algorithm>
#include <numeric>

#include "data/batches.h"
#include "data/split.h"
#include "test_data_files.h"

namespace loom {
namespace {

using test::check_error;

std::vector<Index> range(Index size) {
  std::vector<Index> out(static_cast<std::size_t>(size));
  std::iota(out.begin(), out.end(), Index{0});
  return out;
}

std::vector<Index> sorted(std::vector<Index> values) {
  std::ranges::sort(values);
  return values;
}

}  // namespace

TEST_CASE("split: every image once, the same for the same seed") {
  const TrainingSplit split = split_training_set(1000, 150, 3);
  CHECK(split.validation.size() == 150);
  CHECK(split.training.size() == 850);
  CHECK(std::ranges::is_sorted(split.training));
  CHECK(std::ranges::is_sorted(split.validation));
  std::vector<Index> all = split.training;
  all.insert(all.end(), split.validation.begin(), split.validation.end());
  CHECK(sorted(all) == range(1000));

  CHECK(split_training_set(1000, 150, 3).validation == split.validation);
  CHECK(split_training_set(1000, 150, 4).validation != split.validation);
  CHECK(std::ranges::includes(split.validation, split_training_set(1000, 100, 3).validation));
  CHECK(split_training_set(1000, 0, 3).training == range(1000));
}

// A validation set that moved would make runs of different versions incomparable.
TEST_CASE("split: golden values") {
  CHECK(split_training_set(20, 5, 1).validation == std::vector<Index>{3, 4, 5, 15, 18});
  CHECK(epoch_order(range(8), 1, 0) == std::vector<Index>{4, 2, 3, 1, 0, 7, 6, 5});
}

TEST_CASE("split: bounds") {
  check_error([] { split_training_set(10, 10, 1); }, {"10 validation images of 10", "fewer"});
  check_error([] { split_training_set(10, -1, 1); }, {"-1 validation images"});
  check_error([] { split_training_set(0, 0, 1); }, {"0 validation images of 0"});
}

TEST_CASE("epoch_order: a new order of the same indices for every seed and epoch") {
  const std::vector<Index> indices{3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97, 93};
  const std::vector<Index> first = epoch_order(indices, 1, 0);
  CHECK(sorted(first) == sorted(indices));
  CHECK(epoch_order(indices, 1, 0) == first);
  CHECK(epoch_order(indices, 1, 1) != first);
  CHECK(epoch_order(indices, 2, 0) != first);
  CHECK(epoch_order({}, 1, 0).empty());
  check_error([&] { epoch_order(indices, 1, -1); }, {"epoch is -1"});
}

TEST_CASE("batches: cover the order, the last one may be smaller") {
  const std::vector<Index> order = range(10);
  for (Index size = 1; size <= 12; ++size) {
    std::vector<Index> seen;
    const Index count = batch_count(10, size);
    for (Index i = 0; i < count; ++i) {
      const std::span<const Index> batch = batch_of(order, size, i);
      CHECK(static_cast<Index>(batch.size()) == (i + 1 < count ? size : 10 - size * (count - 1)));
      seen.insert(seen.end(), batch.begin(), batch.end());
    }
    CHECK(seen == order);
  }
  CHECK(batch_count(0, 5) == 0);
  check_error([&] { batch_of(order, 5, 2); }, {"batch 2 of 2"});
  check_error([&] { batch_of(order, 5, -1); }, {"batch -1 of 2"});
  check_error([] { batch_count(5, 0); }, {"batch size is 0"});
  check_error([] { batch_count(-5, 1); }, {"-5 images"});
}

}  // namespace loom
