#include "nn/likelihood/likelihood.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "nn/likelihood/ssim.h"
#include "random_matrix.h"

namespace loom {
namespace {

// For losses that do not care how pixels lie.
ImageShape flat(const Matrix& x) { return {1, 1, x.cols()}; }

const Likelihood& bernoulli() { return *find_likelihood("bernoulli"); }

}  // namespace

TEST_CASE("bernoulli: equals the naive form at small logits") {
  const Matrix logits = 2 * random_matrix(4, 50, 1), x = random_pixels(4, 50, 2);
  double wanted = 0;
  for (Index i = 0; i < x.size(); ++i) {
    const double p = 1 / (1 + std::exp(-static_cast<double>(logits.data()[i]))), t = static_cast<double>(x.data()[i]);
    wanted -= t * std::log(p) + (1 - t) * std::log(1 - p);
  }
  CHECK(bernoulli().reconstruction(logits, x, flat(x), 1, nullptr) == doctest::Approx(wanted).epsilon(1e-6));
}

TEST_CASE("bernoulli: finite and correct at logits of 1e4") {
  Matrix logits(1, 4), x(1, 4), gradient;
  logits << 1e4f, 1e4f, -1e4f, -1e4f;
  x << 0, 1, 0, 1;
  CHECK(bernoulli().reconstruction(logits, x, flat(x), 1, &gradient) == doctest::Approx(2e4));
  CHECK(gradient(0, 0) == doctest::Approx(1));
  CHECK(std::abs(gradient(0, 1)) < 1e-6);
  CHECK(std::abs(gradient(0, 2)) < 1e-6);
  CHECK(gradient(0, 3) == doctest::Approx(-1));
}

TEST_CASE("bernoulli: logits of zero cost ln 2 per pixel for any image") {
  const Matrix x = random_pixels(3, 784, 1);
  CHECK(bernoulli().reconstruction(Matrix::Zero(3, 784), x, flat(x), 1, nullptr) / 3 ==
        doctest::Approx(784 * std::numbers::ln2).epsilon(1e-6));
}

TEST_CASE("bernoulli: the entropy is the lowest loss, reached if the mean equals the image") {
  const Matrix x = (random_pixels(3, 100, 1).array() * 0.98f + 0.01f).matrix();
  const double entropy = bernoulli_entropy(x);
  const Matrix best = (x.array() / (1 - x.array())).log().matrix();
  CHECK(bernoulli().reconstruction(best, x, flat(x), 1, nullptr) == doctest::Approx(entropy).epsilon(1e-6));
  CHECK(bernoulli().reconstruction(best.array() + 0.1f, x, flat(x), 1, nullptr) > entropy);
  CHECK(bernoulli().reconstruction(best.array() - 0.1f, x, flat(x), 1, nullptr) > entropy);
  CHECK(bernoulli_entropy((Matrix(1, 3) << 0, 1, 0.5f).finished()) == doctest::Approx(std::numbers::ln2));
}

TEST_CASE("mse: the squared error of the image") {
  const Matrix logits = random_matrix(2, 37, 1), x = random_pixels(2, 37, 2);
  Matrix picture;
  const Likelihood& likelihood = *find_likelihood("mse");
  likelihood.mean(logits, picture);
  CHECK(likelihood.reconstruction(logits, x, flat(x), 1, nullptr) ==
        doctest::Approx(static_cast<double>((picture - x).squaredNorm())).epsilon(1e-6));
}

// The definition, by the midpoint rule: density C sigmoid(l)^x (1 - sigmoid(l))^(1-x) over [0, 1].
TEST_CASE("continuous bernoulli: integrates to 1 and has the stated mean, inside and outside the range of the series") {
  const Likelihood& likelihood = *find_likelihood("continuous_bernoulli");
  for (const double l : {-30.0, -5.0, -1.01, -0.99, -0.3, 0.0, 1e-4, 0.5, 0.999, 1.001, 3.0, 20.0}) {
    CAPTURE(l);
    constexpr Index kPoints = 4000;
    const Matrix logits = Matrix::Constant(kPoints, 1, static_cast<Scalar>(l));
    Matrix x(kPoints, 1), picture, gradient;
    double mass = 0, mean = 0;
    for (Index i = 0; i < kPoints; ++i) {
      x(i, 0) = (static_cast<Scalar>(i) + Scalar(0.5)) / kPoints;
      const double density =
          std::exp(-likelihood.reconstruction(logits.row(i), x.row(i), {1, 1, 1}, 1, nullptr)) / kPoints;
      mass += density;
      mean += density * static_cast<double>(x(i, 0));
    }
    CHECK(mass == doctest::Approx(1).epsilon(2e-5));
    likelihood.mean(logits, picture);
    CHECK(static_cast<double>(picture(0, 0)) == doctest::Approx(mean).epsilon(1e-4));
  }
}

TEST_CASE("linear squared error: of the raw outputs, which are clipped for display") {
  const Matrix outputs = 2 * random_matrix(2, 37, 1), x = random_pixels(2, 37, 2);
  Matrix picture;
  const Likelihood& likelihood = *find_likelihood("linear_mse");
  CHECK(likelihood.reconstruction(outputs, x, flat(x), 1, nullptr) ==
        doctest::Approx(static_cast<double>((outputs - x).squaredNorm())).epsilon(1e-6));
  likelihood.mean(outputs, picture);
  CHECK(picture == outputs.cwiseMax(0).cwiseMin(1));
}

TEST_CASE("structural losses: zero for equal images, else pixels times (1 - SSIM)") {
  const ImageShape shape{1, 12, 14};
  const Matrix logits = random_matrix(1, shape.size(), 1), x = random_pixels(1, shape.size(), 2);
  Matrix picture;
  const Likelihood &plain = *find_likelihood("ssim"), &mixed = *find_likelihood("ssim_mse");
  plain.mean(logits, picture);
  const double wanted = static_cast<double>(shape.size()) * (1 - ssim(picture.data(), x.data(), shape));
  const double error = find_likelihood("mse")->reconstruction(logits, x, shape, 1, nullptr);
  CHECK(plain.reconstruction(logits, x, shape, 1, nullptr) == doctest::Approx(wanted).epsilon(1e-9));
  CHECK(mixed.reconstruction(logits, x, shape, 1, nullptr) == doctest::Approx(wanted + 4 * error).epsilon(1e-6));
  CHECK(std::abs(plain.reconstruction(logits, picture, shape, 1, nullptr)) < 1e-4);
}

TEST_CASE("likelihoods: every mean is in [0, 1], also in place, and every loss sums over images") {
  for (const Likelihood& likelihood : likelihoods()) {
    CAPTURE(likelihood.name);
    const ImageShape shape{1, 12, 14};
    Matrix logits = 20 * random_matrix(5, shape.size(), 1), picture;
    const Matrix x = random_pixels(5, shape.size(), 2);
    double sum = 0;
    for (Index n = 0; n < 5; ++n) sum += likelihood.reconstruction(logits.row(n), x.row(n), shape, 1, nullptr);
    CHECK(likelihood.reconstruction(logits, x, shape, 1, nullptr) == doctest::Approx(sum).epsilon(1e-12));
    likelihood.mean(logits, picture);
    CHECK(picture.minCoeff() >= 0);
    CHECK(picture.maxCoeff() <= 1);
    likelihood.mean(logits, logits);
    CHECK(logits == picture);
    CHECK(find_likelihood(likelihood.name) == &likelihood);
    if (!likelihood.alias.empty()) CHECK(find_likelihood(likelihood.alias) == &likelihood);
  }
  CHECK(find_likelihood("gauss") == nullptr);
  CHECK(find_likelihood("") == nullptr);
}

}  // namespace loom
