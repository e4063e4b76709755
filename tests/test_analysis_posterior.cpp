#include "analysis/density/aggregate_posterior.h"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "analysis/density/prior.h"
#include "analysis/plane/region.h"
#include "analysis_examples.h"
#include "core/rng.h"

namespace loom {
namespace {

// Widths over four decades: every level of the index is used.
Encoded random_encoded(std::size_t count) {
  Rng rng(3, Stream::test);
  Encoded out;
  for (std::size_t n = 0; n < count; ++n) {
    out.mu.push_back({static_cast<float>(rng.normal()), static_cast<float>(rng.normal())});
    out.sigma.push_back({static_cast<float>(std::pow(10, 4 * rng.uniform() - 3)),
                         static_cast<float>(std::pow(10, 4 * rng.uniform() - 3))});
    out.labels.push_back(static_cast<std::uint8_t>(rng.below(4)));
  }
  return out;
}

TEST_CASE("AggregatePosterior: equals the sum over all Gaussians") {
  const Encoded e = random_encoded(400);
  const AggregatePosterior posterior(e.mu, e.sigma, e.labels, 4);
  std::vector<double> by_class(4);
  for (const Point z : {Point{0, 0}, Point{0.5f, -1}, Point{-2, 2}, Point{7, 3}}) {
    std::vector<double> expected(4);
    for (std::size_t n = 0; n < e.mu.size(); ++n)
      expected[e.labels[n]] += gaussian(z, e.mu[n], e.sigma[n]) / static_cast<double>(e.mu.size());
    const double q = posterior.density(z, by_class);
    double total = 0;
    for (std::size_t c = 0; c < 4; ++c) {
      CHECK(by_class[c] == doctest::Approx(expected[c]).epsilon(1e-4));  // float kernels
      total += by_class[c];
    }
    CHECK(q == doctest::Approx(total));
  }
}

TEST_CASE("AggregatePosterior: one standard Gaussian is the prior") {
  const AggregatePosterior posterior(std::vector<Point>{{0, 0}}, std::vector<Point>{{1, 1}},
                                     std::vector<std::uint8_t>{1}, 2);
  std::vector<double> by_class(2);
  for (const Point z : {Point{0, 0}, Point{1, -0.5f}, Point{2, 2}})
    CHECK(posterior.density(z, by_class) == doctest::Approx(prior_density(z)).epsilon(1e-5));
  CHECK(by_class[0] == 0);
  CHECK(posterior.typical_density() == doctest::Approx(1 / (2 * std::numbers::pi)).epsilon(1e-5));
}

TEST_CASE("AggregatePosterior: its integral over the plane is one") {
  const Encoded e = random_encoded(50);
  const std::vector<Point> width{scott_width(e.mu)};
  const AggregatePosterior posterior(e.mu, width, e.labels, 4);
  std::vector<double> by_class(4);
  constexpr double kStep = 0.05;
  double sum = 0;
  for (double x = -8; x < 8; x += kStep)
    for (double y = -8; y < 8; y += kStep)
      sum += posterior.density({static_cast<float>(x), static_cast<float>(y)}, by_class);
  CHECK(sum * kStep * kStep == doctest::Approx(1).epsilon(1e-4));
}

TEST_CASE("AggregatePosterior: no images, no density") {
  const AggregatePosterior posterior({}, std::vector<Point>{{1, 1}}, {}, 0);
  CHECK(posterior.density({0, 0}, {}) == 0);
  CHECK(posterior.typical_density() == 0);
}

TEST_CASE("AggregatePosterior: sigma of zero stays finite") {
  const AggregatePosterior posterior(std::vector<Point>{{1, 1}}, std::vector<Point>{{0, 0}},
                                     std::vector<std::uint8_t>{0}, 1);
  std::vector<double> by_class(1);
  CHECK(std::isfinite(posterior.density({1, 1}, by_class)));
  CHECK(posterior.density({1.1f, 1}, by_class) == 0);
}

TEST_CASE("scott_width: standard deviation times n^(-1/6), wherever the points are") {
  for (const float shift : {0.0f, 1000.0f}) {
    std::vector<Point> points;
    for (int i = 0; i < 64; ++i) points.push_back({shift + static_cast<float>(i % 2 * 2), shift});
    CHECK(scott_width(points).x == doctest::Approx(0.5).epsilon(1e-3));  // deviation 1, 64^(-1/6) = 1/2
    CHECK(scott_width(points).y > 0);
  }
}

TEST_CASE("prior: closed forms") {
  CHECK(prior_density({0, 0}) == doctest::Approx(0.15915494));
  CHECK(prior_radius(0.5) == doctest::Approx(1.17741));
  CHECK(prior_radius(0.9) == doctest::Approx(2.14597));
  CHECK(prior_radius(0.99) == doctest::Approx(3.03485));
}

TEST_CASE("region: levels by thresholds") {
  CHECK(density_level(1, 1) == DensityLevel::dense);
  CHECK(density_level(0.2, 1) == DensityLevel::sparse);
  CHECK(density_level(0.005, 1) == DensityLevel::empty);
  CHECK(density_level(0, 0) == DensityLevel::empty);
  CHECK(is_prior_hole(0.009, 0.1));
  CHECK_FALSE(is_prior_hole(0.02, 0.1));
}

}  // namespace
}  // namespace loom
