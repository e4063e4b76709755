// In a file of its own because the module loom-core needs it, but not the products of pixel_terms.cpp.
#include <algorithm>

#include "analysis/bound/pixel_terms.h"

namespace loom {

std::vector<double> row_losses(const Likelihood& likelihood, const ImageShape& shape, const Matrix& logits,
                               const Matrix& x) {
  std::vector<double> losses(static_cast<std::size_t>(x.rows()));
  Matrix one_logits(1, logits.cols()), one_image(1, x.cols());
  for (Index n = 0; n < x.rows(); ++n) {
    std::copy_n(logits.row(n).data(), logits.cols(), one_logits.data());
    std::copy_n(x.row(n).data(), x.cols(), one_image.data());
    losses[static_cast<std::size_t>(n)] = likelihood.reconstruction(one_logits, one_image, shape, 1, nullptr);
  }
  return losses;
}

}  // namespace loom
