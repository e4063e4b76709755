// The search for the most misplaced images, on a model that ships and its test images.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "analysis/bound/gap_search.h"
#include "core/files/file.h"
#include "data/dataset.h"
#include "data/load/load_dataset.h"
#include "model/checkpoint.h"
#include "source_path.h"
#include "weights/tensor.h"

namespace loom {
namespace {

TEST_CASE("gap search: on a model that ships, the excess in the file bounds the gap, and few images are compared") {
  constexpr Index kImages = 1000, kBatch = 50;
  constexpr std::size_t kWanted = 6;
  const std::string path = source_path("weights/fashion-conv-vae-2d.safetensors");
  const ModelFile file = load_model(read_file(path, kMaxWeightFileBytes), path);
  const Dataset data = load_dataset(source_path("weights/data/fashion-mnist-test.pack"), Split::test);
  DecoderTable table = empty_table(file.model, square_grid({0, 0}, 4, 32));
  GapScratch scratch;
  while (!table.complete()) fill_table(table, file.model, 64, scratch.workspace);

  std::vector<EncoderGap> gaps;
  Matrix x(kBatch, data.shape.size());
  for (Index first = 0; first < kImages; first += kBatch) {
    std::vector<Index> images(static_cast<std::size_t>(kBatch));
    std::iota(images.begin(), images.end(), first);
    fill_images(data, images, MatrixMap(x.data(), x.rows(), x.cols()));
    const Matrix mu = file.test.mu.middleRows(first, kBatch);
    const auto batch = encoder_gaps(table, file.model, x, mu, scratch);
    gaps.insert(gaps.end(), batch.begin(), batch.end());
  }
  const auto excess = std::span(file.test.excess).first(kImages);
  for (std::size_t n = 0; n < kImages; ++n) CHECK(gaps[n].nats < static_cast<double>(excess[n]));

  GapSearch search(kImages, kWanted, excess);
  while (!search.done()) {
    std::vector<EncoderGap> found;
    for (const std::size_t n : search.next(8)) found.push_back(gaps[n]);
    search.take(found);
  }
  std::vector<std::size_t> wanted(kImages);
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  std::ranges::stable_sort(wanted, std::ranges::greater(), [&](std::size_t n) { return gaps[n].nats; });
  for (std::size_t i = 0; i < kWanted; ++i) CHECK(search.found()[i].image == wanted[i]);
  MESSAGE("compared " << search.compared() << " of " << kImages << " images");
  CHECK(search.compared() < kImages / 2);
}

}  // namespace
}  // namespace loom
