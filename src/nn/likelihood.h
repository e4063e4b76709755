// p(x|z): how a decoder's outputs (logits) become an image, and how they are scored against one. A new likelihood is a
// row in the table of likelihood.cpp. N images, P pixels; logits and x are (N, P), x in [0, 1].
#pragma once

#include <span>
#include <string_view>

#include "core/image.h"
#include "core/types.h"

namespace loom {

struct Likelihood {
  std::string_view name;   // as in weight files and recipes
  std::string_view alias;  // also accepted where people type: "bce"
  std::string_view what;   // one line for people
  std::string_view unit;   // of the loss: "nats" where it is -log p(x|z) or a cross-entropy

  // The reconstruction loss: summed over pixels and over the batch. `shape` is that of an image. If dlogits is given,
  // sets it to weight * dloss/dlogits.
  double (*reconstruction)(const Matrix& logits, const Matrix& x, const ImageShape& shape, Scalar weight,
                           Matrix* dlogits);

  // The image that is shown: E[x|z], in [0, 1]. `picture` may be `logits`.
  void (*mean)(const Matrix& logits, Matrix& picture);
};

std::span<const Likelihood> likelihoods();
const Likelihood* find_likelihood(std::string_view name);  // by name or alias; nullptr if unknown

// sum_p H(x_p), the entropy of grey pixels read as Bernoulli probabilities: no model's "bernoulli" reconstruction can
// fall below it, so it is reported beside the loss. Nats, summed over the batch.
double bernoulli_entropy(const Matrix& x);

}  // namespace loom
