// The terms of the objective: likelihoods, KL divergence, reparameterization.
#include <doctest/doctest.h>

#include "../random_matrix.h"
#include "gradient_check.h"
#include "nn/gaussian.h"
#include "nn/likelihood/likelihood.h"
#include "nn/likelihood/ssim.h"

namespace loom {

TEST_CASE("gradient: every likelihood") {
  for (const Likelihood& likelihood : likelihoods()) {
    CAPTURE(likelihood.name);
    constexpr Scalar kWeight = 0.3;
    const ImageShape shape{1, 13, 12};  // larger than SSIM's window, so its positions overlap
    Matrix logits = 2 * random_matrix(3, shape.size(), 1), dlogits;
    const Matrix x = random_pixels(3, shape.size(), 2);
    likelihood.reconstruction(logits, x, shape, kWeight, &dlogits);
    const double error = gradient_error(numbers(logits), numbers(dlogits), [&] {
      return kWeight * likelihood.reconstruction(logits, x, shape, 1, nullptr);
    });
    CHECK(error <= kTolerance);
    MESSAGE(likelihood.name, ": worst relative error ", error);
  }
}

TEST_CASE("gradient: SSIM, two channels and a window that does not fit") {
  for (const ImageShape& shape : {ImageShape{2, 12, 13}, ImageShape{1, 7, 6}}) {
    Matrix a = random_pixels(1, shape.size(), 1), da(1, shape.size());
    const Matrix b = random_pixels(1, shape.size(), 2);
    ssim(a.data(), b.data(), shape, da.data());
    CHECK(gradient_error(numbers(a), numbers(da), [&] { return ssim(a.data(), b.data(), shape); }) <= kTolerance);
  }
}

TEST_CASE("gradient: that of the KL divergence is added") {
  Matrix mu = random_matrix(4, 3, 1), logvar = random_matrix(4, 3, 2);
  Matrix dmu = Matrix::Ones(4, 3), dlogvar = Matrix::Ones(4, 3);
  constexpr Scalar kWeight = 2.5;
  kl_divergence_backward(mu, logvar, kWeight, dmu, dlogvar);
  dmu.array() -= 1, dlogvar.array() -= 1;
  const auto loss = [&] { return kWeight * kl_divergence(mu, logvar); };
  CHECK(gradient_error(numbers(mu), numbers(dmu), loss) <= kTolerance);
  CHECK(gradient_error(numbers(logvar), numbers(dlogvar), loss) <= kTolerance);
}

TEST_CASE("gradient: that of the reparameterization is added") {
  Matrix mu = random_matrix(4, 3, 1), logvar = random_matrix(4, 3, 2);
  const Matrix eps = random_matrix(4, 3, 3), c = random_matrix(4, 3, 4);
  Matrix dmu = Matrix::Ones(4, 3), dlogvar = Matrix::Ones(4, 3), z;
  reparameterize_backward(logvar, eps, c, dmu, dlogvar);
  dmu.array() -= 1, dlogvar.array() -= 1;
  const auto loss = [&] {
    reparameterize(mu, logvar, eps, z);
    return z.cwiseProduct(c).sum();
  };
  CHECK(gradient_error(numbers(mu), numbers(dmu), loss) <= kTolerance);
  CHECK(gradient_error(numbers(logvar), numbers(dlogvar), loss) <= kTolerance);
}

}  // namespace loom
