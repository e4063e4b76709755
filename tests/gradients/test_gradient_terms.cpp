// The terms of the objective: likelihoods, KL divergence, reparameterization.
#include <doctest/doctest.h>

#include "../random_matrix.h"
#include "gradient_check.h"
#include "nn/gaussian.h"
#include "nn/likelihood.h"

namespace loom {

TEST_CASE("gradient: every likelihood") {
  for (const Likelihood& likelihood : likelihoods()) {
    CAPTURE(likelihood.name);
    constexpr Scalar kWeight = 0.3;
    Matrix logits = 2 * random_matrix(3, 35, 1), dlogits;
    const Matrix x = random_pixels(3, 35, 2);
    likelihood.reconstruction(logits, x, kWeight, &dlogits);
    const double error = gradient_error(numbers(logits), numbers(dlogits),
                                        [&] { return kWeight * likelihood.reconstruction(logits, x, 1, nullptr); });
    CHECK(error <= kTolerance);
    MESSAGE(likelihood.name, ": worst relative error ", error);
  }
}

TEST_CASE("gradient: KL divergence adds to what is there") {
  Matrix mu = random_matrix(4, 3, 1), logvar = random_matrix(4, 3, 2);
  Matrix dmu = Matrix::Ones(4, 3), dlogvar = Matrix::Ones(4, 3);
  constexpr Scalar kWeight = 2.5;
  kl_divergence_backward(mu, logvar, kWeight, dmu, dlogvar);
  dmu.array() -= 1, dlogvar.array() -= 1;
  const auto loss = [&] { return kWeight * kl_divergence(mu, logvar); };
  CHECK(gradient_error(numbers(mu), numbers(dmu), loss) <= kTolerance);
  CHECK(gradient_error(numbers(logvar), numbers(dlogvar), loss) <= kTolerance);
}

TEST_CASE("gradient: reparameterization adds to what is there") {
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
