#include "nn/gaussian.h"

#include <doctest/doctest.h>

#include <cmath>

#include "random_matrix.h"

namespace loom {
namespace {

Matrix one(double value) { return Matrix::Constant(1, 1, static_cast<Scalar>(value)); }

}  // namespace

TEST_CASE("KL: zero only for the prior, positive elsewhere") {
  CHECK(kl_divergence(one(0), one(0)) == 0);
  for (const double mu : {-2.0, -0.1, 0.0, 0.1, 3.0})
    for (const double logvar : {-12.0, -0.1, 0.0, 0.1, 4.0})
      if (mu != 0 || logvar != 0) CHECK(kl_divergence(one(mu), one(logvar)) > 1e-3);
}

TEST_CASE("KL: equals the mean of log q - log p over samples") {
  constexpr double kMu = 0.7, kLogvar = -0.9;
  constexpr int kSamples = 200000;
  Rng rng(1, Stream::test);
  double sum = 0, squares = 0;
  for (int i = 0; i < kSamples; ++i) {
    const double eps = rng.normal(), z = kMu + std::exp(kLogvar / 2) * eps;
    const double ratio = (-kLogvar - eps * eps + z * z) / 2;
    sum += ratio, squares += ratio * ratio;
  }
  const double mean = sum / kSamples, error = std::sqrt((squares / kSamples - mean * mean) / kSamples);
  CHECK(std::abs(kl_divergence(one(kMu), one(kLogvar)) - mean) < 4 * error);
}

TEST_CASE("reparameterize: samples have mean mu and variance exp(logvar)") {
  constexpr Index kSamples = 100000;
  constexpr double kMu = -1.5, kLogvar = 0.8;
  const auto constant = [](double value) { return Matrix::Constant(kSamples, 1, static_cast<Scalar>(value)); };
  Matrix z;
  reparameterize(constant(kMu), constant(kLogvar), random_matrix(kSamples, 1, 1), z);
  const auto values = z.cast<double>().array();
  const double mean = values.mean(), variance = (values - mean).square().mean();
  CHECK(std::abs(mean - kMu) < 4 * std::exp(kLogvar / 2) / std::sqrt(kSamples));
  CHECK(std::abs(variance / std::exp(kLogvar) - 1) < 4 * std::sqrt(2.0 / kSamples));
}

}  // namespace loom
