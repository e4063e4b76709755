// The inverse normal distribution function against the C library's erfc, and its ends.
#include <doctest/doctest.h>

#include <cmath>

#include "analysis/plane/normal_quantile.h"

namespace loom {

TEST_CASE("normal quantile: the inverse of the distribution function, in the middle and in the tails") {
  for (double z = -8; z <= 8; z += 0.0625) {
    const double p = 0.5 * std::erfc(-z / std::sqrt(2.0));
    CAPTURE(z);
    // Near p = 1 the spacing of doubles limits what p can tell of z.
    const double lost = 2.3e-16 / std::max(1e-300, std::exp(-z * z / 2) / 2.5066) * (z > 0 ? 1 : 0);
    CHECK(std::fabs(normal_quantile(p) - z) <= 4e-15 * std::fabs(z) + lost + 1e-15);
  }
}

// Wichura 1988, the test values of the paper.
TEST_CASE("normal quantile: published values") {
  CHECK(normal_quantile(0.25) == doctest::Approx(-0.6744897501960817).epsilon(1e-15));
  CHECK(normal_quantile(0.001) == doctest::Approx(-3.090232306167814).epsilon(1e-15));
  CHECK(normal_quantile(1e-20) == doctest::Approx(-9.262340089798408).epsilon(1e-15));
  CHECK(normal_quantile(0.5) == 0);
  CHECK(normal_quantile(0) == -INFINITY);
  CHECK(normal_quantile(1) == INFINITY);
  CHECK(std::isnan(normal_quantile(-0.1)));
  CHECK(std::isnan(normal_quantile(1.1)));
}

}  // namespace loom
