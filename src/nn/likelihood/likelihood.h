// p(x|z): how a decoder's outputs (logits) become an image, and how they are scored against one. To add a likelihood,
// add a row to the table in likelihood.cpp. N images, P pixels; logits and x are (N, P), x in [0, 1].
#pragma once

#include <span>
#include <string_view>

#include "core/image.h"
#include "core/types.h"

namespace loom {

struct Likelihood {
  std::string_view name;   // as in weight files and recipes
  std::string_view alias;  // also accepted from users: "bce"
  std::string_view what;   // one-line description
  std::string_view unit;   // of the loss: "nats" where it is -log p(x|z) or a cross-entropy

  // The reconstruction loss, summed over pixels and over the batch, in `unit`. `shape` is that of an image. If dlogits
  // is not null, sets it to weight * dloss/dlogits.
  double (*reconstruction)(const Matrix& logits, const Matrix& x, const ImageShape& shape, Scalar weight,
                           Matrix* dlogits);

  // The image to show: E[x|z], in [0, 1]. `picture` and `logits` may be the same matrix.
  void (*mean)(const Matrix& logits, Matrix& picture);
};

std::span<const Likelihood> likelihoods();
const Likelihood* find_likelihood(std::string_view name);  // by name or alias; nullptr if unknown

// sum_p H(x_p), the entropy of grey pixels read as Bernoulli probabilities, in nats, summed over the batch. It is a
// lower bound of every model's "bernoulli" reconstruction loss, so it is reported beside the loss.
double bernoulli_entropy(const Matrix& x);

}  // namespace loom
