#include "nn/likelihood/ssim.h"

#include <doctest/doctest.h>

#include <cmath>

#include "random_matrix.h"

namespace loom {
namespace {

// A picture of whole 128ths, the same in the script below.
Matrix pattern(Index height, Index width, Index k) {
  Matrix m(height, width);
  for (Index i = 0; i < m.size(); ++i)
    m.data()[i] = static_cast<Scalar>((i * i * (7 + k) + i * 13 * (k + 1)) % 101) / 128;
  return m;
}

double of(const Matrix& a, const Matrix& b) { return ssim(a.data(), b.data(), {1, a.rows(), a.cols()}); }

}  // namespace

TEST_CASE("ssim: 1 for equal images, less for others, symmetric") {
  for (const Index side : {28, 11, 7, 4, 1}) {
    const Matrix a = random_pixels(side, side, 1), b = random_pixels(side, side, 2);
    CHECK(of(a, a) == doctest::Approx(1).epsilon(1e-12));
    CHECK(of(a, b) < 0.999);
    CHECK(of(a, b) == doctest::Approx(of(b, a)).epsilon(1e-12));
  }
}

TEST_CASE("ssim: constant images differ in luminance only") {
  const double a = 0.25, b = 0.75, c1 = 1e-4;
  CHECK(of(Matrix::Constant(16, 16, 0.25f), Matrix::Constant(16, 16, 0.75f)) ==
        doctest::Approx((2 * a * b + c1) / (a * a + b * b + c1)).epsilon(1e-9));
}

// scikit-image 0.19.3: structural_similarity(a, b, data_range=1.0, gaussian_weights=True, sigma=1.5,
// use_sample_covariance=False, full=True)[1], 5 pixels cut off all round, mean.
TEST_CASE("ssim: equals scikit-image") {
  const auto pair = [](Index height, Index width) {
    const Matrix a = pattern(height, width, 0);
    return of(a, (pattern(height, width, 3) + a) / 2);
  };
  CHECK(pair(16, 20) == doctest::Approx(0.7178029903472606).epsilon(1e-9));
  CHECK(pair(11, 11) == doctest::Approx(0.7071269967788324).epsilon(1e-9));
}

TEST_CASE("ssim: channels are averaged") {
  Matrix a = random_pixels(2, 144, 1), b = random_pixels(2, 144, 2);
  const double first = ssim(a.row(0).data(), b.row(0).data(), {1, 12, 12});
  const double second = ssim(a.row(1).data(), b.row(1).data(), {1, 12, 12});
  CHECK(ssim(a.data(), b.data(), {2, 12, 12}) == doctest::Approx((first + second) / 2).epsilon(1e-12));
}

}  // namespace loom
