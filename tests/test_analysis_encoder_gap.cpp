// The gap between where the encoder puts an image and where the decoder draws it best.
#include <doctest/doctest.h>

#include "analysis/bound/encoder_gap.h"
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

}  // namespace
}  // namespace loom
