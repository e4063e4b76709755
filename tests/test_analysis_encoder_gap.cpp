// The gap between where the encoder puts an image and where the decoder draws it best.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "analysis/bound/gap_search.h"
#include "core/rng.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "small_spec.h"

namespace loom {
namespace {

TEST_CASE("encoder gap: an image decoded at a cell has exactly its gap there") {
  const Model model =
      build_model(small_spec(6, 5, 2, true), "dense", {.channels = {}, .hidden = {8}, .activation = "relu"}, 3);
  const LatentGrid grid = square_grid({0.5f, 0}, 3, 24);
  DecoderTable table = empty_table(model, grid);
  Workspace workspace;
  while (!table.complete()) fill_table(table, model, 100, workspace);

  // Images that are the decoder's own at two cells, and codes that lie elsewhere.
  const std::array<std::size_t, 2> cells{40, 411};
  Matrix z(2, 2), mu(2, 2), x;
  for (Index i = 0; i < 2; ++i) {
    const Point at = grid.center(cells[static_cast<std::size_t>(i)]);
    z.row(i) << at.x, at.y;
    mu.row(i) << -at.y, at.x;
  }
  decode(model, z, workspace, x);
  GapScratch scratch;
  const std::vector<EncoderGap> gaps = encoder_gaps(table, model, x, mu, scratch);
  REQUIRE(gaps.size() == 2);
  for (Index i = 0; i < 2; ++i) {
    const EncoderGap& gap = gaps[static_cast<std::size_t>(i)];
    CHECK(gap.best.x == doctest::Approx(z(i, 0)));
    CHECK(gap.best.y == doctest::Approx(z(i, 1)));
    const Likelihood& likelihood = *find_likelihood(model.spec.likelihood);
    const double away =
        row_losses(likelihood, model.spec.image, decode_logits(model, Matrix(mu.row(i)), workspace), x.row(i))[0];
    const double there =
        row_losses(likelihood, model.spec.image, decode_logits(model, Matrix(z.row(i)), workspace), x.row(i))[0];
    CHECK(gap.nats == doctest::Approx(away - there).epsilon(1e-3));
    CHECK(gap.nats > 0);
  }
  // A mean at the best place has no gap, and the scratch can be used again.
  const std::vector<EncoderGap> none = encoder_gaps(table, model, x, z, scratch);
  CHECK(none[0].nats == doctest::Approx(0).epsilon(1e-3));
  CHECK(none[1].nats >= 0);
}

TEST_CASE("gap search: the largest gaps, with few comparisons where the excess of each image is known") {
  constexpr std::size_t kImages = 500, kWanted = 6;
  Rng rng(3, Stream::test, 0);
  std::vector<Scalar> excess;
  std::vector<double> gaps;
  for (std::size_t n = 0; n < kImages; ++n) {
    excess.push_back(static_cast<Scalar>(40 + 30 * rng.normal()));
    gaps.push_back(std::max(0.0, static_cast<double>(excess.back()) * rng.uniform()));
  }
  std::vector<std::size_t> wanted(kImages);
  std::iota(wanted.begin(), wanted.end(), std::size_t{0});
  std::ranges::stable_sort(wanted, std::ranges::greater(), [&](std::size_t n) { return gaps[n]; });
  wanted.resize(kWanted);

  const auto find = [&](std::span<const Scalar> known) {
    GapSearch search(kImages, kWanted, known);
    double share = 0;
    while (!search.done()) {
      std::vector<EncoderGap> found;
      for (const std::size_t n : search.next(8)) found.push_back({gaps[n], {}});
      REQUIRE_FALSE(found.empty());
      search.take(found);
      CHECK(search.share() >= share);
      share = search.share();
    }
    CHECK(share == 1);
    CHECK(search.next(8).empty());
    std::vector<std::size_t> images;
    for (const GapSearch::Found& found : search.found()) images.push_back(found.image);
    CHECK(images == wanted);
    return search.compared();
  };
  CHECK(find({}) == kImages);
  CHECK(find(excess) < kImages / 5);
  CHECK(GapSearch(0, kWanted, {}).done());
  CHECK(GapSearch(3, kWanted, {}).next(8).size() == 3);
}

}  // namespace
}  // namespace loom
