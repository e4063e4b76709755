#include "analysis/bound/encoder_gap.h"

#include <algorithm>

namespace loom {

std::vector<EncoderGap> encoder_gaps(const DecoderTable& table, const Model& model, const Matrix& x, const Matrix& mu,
                                     GapScratch& scratch) {
  const std::vector<double> constants = image_constants(table.terms, x);
  const std::vector<double> at_mu =
      row_losses(*table.terms.likelihood, table.terms.shape, decode_logits(model, mu, scratch.workspace), x);
  if (scratch.places.slope.rows() == 0) scratch.places = {table.slope, table.offset};
  pair_losses(table.terms, scratch.places, x, constants, scratch.losses);
  std::vector<EncoderGap> gaps(static_cast<std::size_t>(x.rows()));
  for (Index b = 0; b < x.rows(); ++b) {
    Index best = 0;
    const double least = static_cast<double>(scratch.losses.col(b).minCoeff(&best));
    EncoderGap& gap = gaps[static_cast<std::size_t>(b)];
    gap.nats = std::max(0.0, at_mu[static_cast<std::size_t>(b)] - least);
    gap.best = table.grid.center(std::size_t{table.order[static_cast<std::size_t>(best)]});
  }
  return gaps;
}

}  // namespace loom
