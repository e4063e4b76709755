#include "nn/likelihood.h"

#include <array>
#include <cmath>

#include "core/math.h"

namespace loom {
namespace {

void sigmoid_mean(const Matrix& logits, Matrix& picture) {
  picture.resize(logits.rows(), logits.cols());
  for (Index i = 0; i < logits.size(); ++i) picture.data()[i] = sigmoid(logits.data()[i]);
}

// Sums a function of (logit, pixel) over a row in Scalar (vectorised, at most a few thousand terms) and over rows in
// double, so the result does not lose digits with the size of the batch.
template <class Term>
double sum_over_batch(const Matrix& logits, const Matrix& x, Term term) {
  constexpr Index kLanes = 16;  // independent partial sums: the order is fixed and the loop vectorises
  double total = 0;
  for (Index n = 0; n < logits.rows(); ++n) {
    const Scalar *l = logits.row(n).data(), *t = x.row(n).data();
    Scalar lanes[kLanes] = {};
    Index i = 0;
    for (; i + kLanes <= logits.cols(); i += kLanes)
      for (Index k = 0; k < kLanes; ++k) lanes[k] += term(l[i + k], t[i + k]);
    for (; i < logits.cols(); ++i) lanes[0] += term(l[i], t[i]);
    for (const Scalar lane : lanes) total += static_cast<double>(lane);
  }
  return total;
}

// -log Bernoulli(x | sigmoid(l)) = softplus(l) - x l, from logits because log(sigmoid) loses everything at the ends.
// With grey x it is a cross-entropy, not a normalised likelihood (Loaiza-Ganem & Cunningham 2019).
double bernoulli(const Matrix& logits, const Matrix& x, Scalar weight, Matrix* dlogits) {
  if (dlogits) {
    dlogits->resize(logits.rows(), logits.cols());
    for (Index i = 0; i < logits.size(); ++i) dlogits->data()[i] = weight * (sigmoid(logits.data()[i]) - x.data()[i]);
  }
  return sum_over_batch(logits, x, [](Scalar l, Scalar t) { return softplus(l) - t * l; });
}

// Squared error of the picture sigmoid(l); -log N(x | sigmoid(l), 1/2) up to a constant.
double squared_error(const Matrix& logits, const Matrix& x, Scalar weight, Matrix* dlogits) {
  if (dlogits) {
    dlogits->resize(logits.rows(), logits.cols());
    for (Index i = 0; i < logits.size(); ++i) {
      const Scalar p = sigmoid(logits.data()[i]);
      dlogits->data()[i] = weight * 2 * (p - x.data()[i]) * p * (1 - p);
    }
  }
  return sum_over_batch(logits, x, [](Scalar l, Scalar t) {
    const Scalar difference = sigmoid(l) - t;
    return difference * difference;
  });
}

constexpr std::array<Likelihood, 2> kLikelihoods{{
    {"bernoulli", "binary cross-entropy from logits", bernoulli, sigmoid_mean},
    {"mse", "squared error of the picture", squared_error, sigmoid_mean},
}};

}  // namespace

std::span<const Likelihood> likelihoods() { return kLikelihoods; }

const Likelihood* find_likelihood(std::string_view name) {
  for (const Likelihood& likelihood : kLikelihoods)
    if (likelihood.name == name) return &likelihood;
  return nullptr;
}

double bernoulli_entropy(const Matrix& x) {
  double sum = 0;
  for (Index i = 0; i < x.size(); ++i) {
    const auto p = static_cast<double>(x.data()[i]);
    if (p > 0 && p < 1) sum -= p * std::log(p) + (1 - p) * std::log1p(-p);
  }
  return sum;
}

}  // namespace loom
