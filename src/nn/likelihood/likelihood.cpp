#include "nn/likelihood/likelihood.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/arithmetic.h"
#include "core/math.h"
#include "nn/kernels/elementwise.h"
#include "nn/likelihood/continuous_bernoulli.h"
#include "nn/likelihood/ssim.h"

namespace loom {
namespace {

struct Logistic {
  template <class T>
  [[gnu::always_inline]] static T value(T x) {
    return sigmoid(x);
  }
};

void sigmoid_mean(const Matrix& logits, Matrix& picture) {
  picture.resize(logits.rows(), logits.cols());
  apply_each<Logistic>(logits.data(), picture.data(), logits.size());
}

// Sums a function of (logit, pixel) over a row in Scalar (vectorised, at most a few thousand terms) and over rows in
// double, so the result does not lose precision for large batches.
template <class Term>
double sum_over_batch(const Matrix& logits, const Matrix& x, Term term) {
  constexpr Index kSums = 16;  // independent partial sums: the order is fixed and the loop vectorises
  double total = 0;
  for (Index n = 0; n < logits.rows(); ++n) {
    const Scalar *l = logits.row(n).data(), *t = x.row(n).data();
    Scalar lanes[kSums] = {};
    Index i = 0;
    for (; i + kSums <= logits.cols(); i += kSums)
      for (Index k = 0; k < kSums; ++k) lanes[k] += term(l[i + k], t[i + k]);
    for (; i < logits.cols(); ++i) lanes[0] += term(l[i], t[i]);
    for (const Scalar lane : lanes) total += static_cast<double>(lane);
  }
  return total;
}

// Sets dlogits to weight * slope(logit, pixel).
template <bool portable, class Slope>
void fill_gradient_in(const Scalar* l, const Scalar* t, Scalar weight, Scalar* d, Index count, Slope slope) {
  for (Index i = 0; i < count; ++i) d[i] = without_negligible<portable>(weight * slope(l[i], t[i]));
}
template <class Slope>
void fill_gradient(const Matrix& logits, const Matrix& x, Scalar weight, Matrix& dlogits, Slope slope) {
  dlogits.resize(logits.rows(), logits.cols());
  if (is_portable())
    fill_gradient_in<true>(logits.data(), x.data(), weight, dlogits.data(), logits.size(), slope);
  else
    fill_gradient_in<false>(logits.data(), x.data(), weight, dlogits.data(), logits.size(), slope);
}

// -log Bernoulli(x | sigmoid(l)) = softplus(l) - x l, computed from logits because log(sigmoid(l)) overflows for large
// |l|. With grey x it is a cross-entropy, not a normalised likelihood (Loaiza-Ganem & Cunningham 2019).
double bernoulli(const Matrix& logits, const Matrix& x, const ImageShape&, Scalar weight, Matrix* dlogits) {
  if (dlogits) fill_gradient(logits, x, weight, *dlogits, [](Scalar l, Scalar t) { return sigmoid(l) - t; });
  return sum_over_batch(logits, x, [](Scalar l, Scalar t) { return softplus(l) - t * l; });
}

// The density for grey x: the Bernoulli one divided by its integral over x in [0, 1] (Loaiza-Ganem & Cunningham 2019,
// equations 4 to 8, written in logits: 1/C(l) = tanh(l/2) / l).
double continuous_bernoulli(const Matrix& logits, const Matrix& x, const ImageShape&, Scalar weight, Matrix* dlogits) {
  if (dlogits) fill_gradient(logits, x, weight, *dlogits, [](Scalar l, Scalar t) { return continuous_mean(l) - t; });
  return sum_over_batch(logits, x, [](Scalar l, Scalar t) { return softplus(l) - t * l - log_continuous_norm(l); });
}

void continuous_bernoulli_mean(const Matrix& logits, Matrix& picture) {
  picture.resize(logits.rows(), logits.cols());
  for (Index i = 0; i < logits.size(); ++i) picture.data()[i] = continuous_mean(logits.data()[i]);
}

// Squared error of the picture sigmoid(l); -log N(x | sigmoid(l), 1/2) up to a constant.
double squared_error(const Matrix& logits, const Matrix& x, const ImageShape&, Scalar weight, Matrix* dlogits) {
  if (dlogits)
    fill_gradient(logits, x, weight, *dlogits, [](Scalar l, Scalar t) {
      const Scalar p = sigmoid(l);
      return 2 * (p - t) * p * (1 - p);
    });
  return sum_over_batch(logits, x, [](Scalar l, Scalar t) {
    const Scalar difference = sigmoid(l) - t;
    return difference * difference;
  });
}

// Squared error of the outputs themselves, for models whose decoder is linear throughout (PCA).
double linear_squared_error(const Matrix& outputs, const Matrix& x, const ImageShape&, Scalar weight,
                            Matrix* doutputs) {
  if (doutputs) fill_gradient(outputs, x, weight, *doutputs, [](Scalar l, Scalar t) { return 2 * (l - t); });
  return sum_over_batch(outputs, x, [](Scalar l, Scalar t) { return (l - t) * (l - t); });
}

void clipped(const Matrix& outputs, Matrix& picture) {
  picture.resize(outputs.rows(), outputs.cols());
  for (Index i = 0; i < outputs.size(); ++i) picture.data()[i] = std::clamp(outputs.data()[i], Scalar(0), Scalar(1));
}

// (1 - SSIM(sigmoid(l), x)) times the number of pixels, plus `squared` times the squared error. Scaled as a sum over
// pixels, so that learning rates for the other losses work here too.
template <int squared>
double structural(const Matrix& logits, const Matrix& x, const ImageShape& shape, Scalar weight, Matrix* dlogits) {
  double total = squared > 0 ? squared * squared_error(logits, x, shape, weight * squared, dlogits) : 0;
  if (dlogits && squared == 0) dlogits->setZero(logits.rows(), logits.cols());
  Matrix picture;
  sigmoid_mean(logits, picture);
  const auto pixels = static_cast<double>(shape.size());
  Eigen::ArrayXd slope(dlogits ? shape.size() : 0);
  for (Index n = 0; n < x.rows(); ++n) {
    const Scalar* p = picture.row(n).data();
    total += pixels * (1 - ssim(p, x.row(n).data(), shape, dlogits ? slope.data() : nullptr));
    if (!dlogits) continue;
    Scalar* d = dlogits->row(n).data();
    for (Index i = 0; i < shape.size(); ++i)
      d[i] -= weight * static_cast<Scalar>(pixels * slope(i)) * p[i] * (1 - p[i]);
  }
  return total;
}

constexpr Likelihood kLikelihoods[] = {
    {"bernoulli", "bce", "binary cross-entropy from logits", "nats", bernoulli, sigmoid_mean},
    {"continuous_bernoulli", "cbce", "negative log density of the continuous Bernoulli", "nats", continuous_bernoulli,
     continuous_bernoulli_mean},
    {"mse", "squared_error", "squared error of the picture", "squared error", squared_error, sigmoid_mean},
    {"linear_mse", "gaussian", "squared error of outputs without a sigmoid", "squared error", linear_squared_error,
     clipped},
    {"ssim", "", "pixels times (1 - SSIM)", "pixels", structural<0>, sigmoid_mean},
    {"ssim_mse", "", "pixels times (1 - SSIM) plus 4 times the squared error", "pixels", structural<4>, sigmoid_mean},
};

}  // namespace

std::span<const Likelihood> likelihoods() { return kLikelihoods; }

const Likelihood* find_likelihood(std::string_view name) {
  for (const Likelihood& likelihood : kLikelihoods)
    if (likelihood.name == name || (!name.empty() && likelihood.alias == name)) return &likelihood;
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
