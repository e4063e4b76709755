#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "analysis/density/aggregate_posterior.h"
#include "analysis/density/density_figures.h"
#include "analysis/density/prior.h"
#include "analysis_examples.h"

namespace loom {
namespace {

TEST_CASE("LatentGrid: centers, cells and interpolation agree") {
  const LatentGrid grid = square_grid({1, -1}, 2, 8);
  CHECK(grid.center(0, 0) == Point{-0.75f, -2.75f});
  CHECK(grid.center(std::size_t{63}) == Point{2.75f, 0.75f});
  for (std::size_t i = 0; i < grid.size(); ++i) CHECK(cell_at(grid, grid.center(i)) == i);
  CHECK(cell_at(grid, {99, -99}) == 7);
  std::vector<float> plane(grid.size());  // linear: bilinear interpolation is exact
  for (std::size_t i = 0; i < plane.size(); ++i) plane[i] = 3 * grid.center(i).x - grid.center(i).y;
  CHECK(sample_field(grid, plane, {0.3f, -1.1f}) == doctest::Approx(2.0));
  CHECK(sample_field(grid, plane, {-50, -1.25f}) == doctest::Approx(3 * -0.75 + 1.25));
}

TEST_CASE("analysis_half_extent: holds the prior, four sigma of each posterior, and has a limit") {
  const std::vector<Point> width{{0.25f, 0.5f}};
  CHECK(analysis_half_extent(std::vector<Point>{{0, 0}}, width) == 4.5f);
  CHECK(analysis_half_extent(std::vector<Point>{{0, -5}}, width) == 7);
  CHECK(analysis_half_extent(std::vector<Point>{{100, 0}}, width) == 8);
}

TEST_CASE("density_field: equals the sum over all Gaussians, however the work is sliced") {
  const Encoded e = prior_encoded(200, 3);
  const LatentGrid grid = square_grid({0.2f, 0}, 4, 61);
  const DensityField field = density_field(grid, e.mu, e.sigma, e.labels, 3);
  DensityField slices = empty_density(grid, 3);
  for (std::size_t first = 0; first < 200; first += 30)
    add_posteriors(slices, e.mu, e.sigma, e.labels, first, std::min<std::size_t>(200, first + 30));
  finish_density(slices);
  CHECK(slices.by_class == field.by_class);
  CHECK(slices.total == field.total);
  for (std::size_t cell = 0; cell < grid.size(); cell += 37) {
    std::vector<double> expected(3);
    for (std::size_t n = 0; n < e.mu.size(); ++n) {
      const float least = 0.2f * grid.cell;
      const Point s{std::max(e.sigma[n].x, least), std::max(e.sigma[n].y, least)};
      expected[e.labels[n]] += gaussian(grid.center(cell), e.mu[n], s) / 200;
    }
    for (std::size_t c = 0; c < 3; ++c)
      CHECK(static_cast<double>(field.of_class(c)[cell]) == doctest::Approx(expected[c]).epsilon(1e-4).scale(1e-6));
    CHECK(static_cast<double>(field.total[cell]) ==
          doctest::Approx(expected[0] + expected[1] + expected[2]).epsilon(1e-4).scale(1e-6));
  }
}

TEST_CASE("density_field: agrees with AggregatePosterior, also with one sigma for all images") {
  const Encoded e = prior_encoded(150, 2);
  const std::vector<Point> width{{0.2f, 0.1f}};
  const LatentGrid grid = square_grid({0, 0}, 3, 64);
  const DensityField field = density_field(grid, e.mu, width, e.labels, 2);
  const AggregatePosterior posterior(e.mu, width, e.labels, 2);
  std::vector<double> by_class(2);
  for (std::size_t cell = 0; cell < grid.size(); cell += 101)
    CHECK(static_cast<double>(field.total[cell]) ==
          doctest::Approx(posterior.density(grid.center(cell), by_class)).epsilon(1e-4).scale(1e-5));
}

TEST_CASE("density_field: a Gaussian of any width anywhere adds its mass; narrow ones on average over positions") {
  const std::vector<std::uint8_t> label{0};
  const LatentGrid grid = square_grid({0, 0}, 4, 64);
  const auto mass = [&](Point mu, Point sigma) {
    return density_figures(density_field(grid, std::vector{mu}, std::vector{sigma}, label, 1)).mass_inside;
  };
  for (const float sigma : {0.0f, 1e-6f, 0.01f, 0.07f, 0.3f}) {
    double mean = 0;
    for (int i = 0; i < 50; ++i) mean += mass({grid.cell * static_cast<float>(i) / 50, 0.6f}, {sigma, 0.2f}) / 50;
    CHECK(mean == doctest::Approx(1).epsilon(5e-3));
  }
  CHECK(mass({4, 0}, {0.5f, 0.5f}) == doctest::Approx(0.5).epsilon(1e-3));
  CHECK(mass({4, 4}, {0.5f, 0.5f}) == doctest::Approx(0.25).epsilon(1e-3));
  for (const float far : {1e6f, -1e6f, 12.0f, -12.0f}) CHECK(mass({far, 0}, {0.1f, 0.1f}) == 0);
  CHECK(mass({0, 0}, {1000, 1000}) == doctest::Approx(64 / (2 * std::numbers::pi * 1e6)).epsilon(1e-3));
}

TEST_CASE("density_figures: the prior itself has no holes and no divergence") {
  const DensityField field = density_field(square_grid({0, 0}, 6, 128), std::vector<Point>{{0, 0}},
                                           std::vector<Point>{{1, 1}}, std::vector<std::uint8_t>{0}, 1);
  const DensityFigures figures = density_figures(field);
  CHECK(figures.mass_inside == doctest::Approx(1));
  CHECK(figures.marginal_kl == doctest::Approx(0).epsilon(1e-5));
  for (const double mass : figures.hole_mass) CHECK(mass == doctest::Approx(0).epsilon(1e-6));
  CHECK(figures.coverage == doctest::Approx(1));
}

TEST_CASE("density_figures: one Gaussian against closed forms") {
  // q = N((a, 0), s^2 I): KL = (2 s^2 + a^2 - 2 - 4 log s) / 2. For a = 0, s < 1 the holes are |z| > r with
  // exp(-r^2/2 (1/s^2 - 1)) / s^2 = tau, of prior mass exp(-r^2/2).
  const auto figures = [](float a, float s) {
    return density_figures(density_field(square_grid({0, 0}, 5, 400), std::vector<Point>{{a, 0}},
                                         std::vector<Point>{{s, s}}, std::vector<std::uint8_t>{0}, 1));
  };
  for (const auto& [a, s] : {std::pair{0.0, 0.5}, {1.0, 0.3}, {-0.7, 0.9}})
    CHECK(figures(static_cast<float>(a), static_cast<float>(s)).marginal_kl ==
          doctest::Approx((2 * s * s + a * a - 2 - 4 * std::log(s)) / 2).epsilon(1e-4));
  const DensityFigures half = figures(0, 0.5f);
  for (std::size_t t = 0; t < kHoleThresholds.size(); ++t) {
    const double square = -2 * std::log(kHoleThresholds[t] * 0.25) / (4 - 1);
    CHECK(half.hole_mass[t] == doctest::Approx(std::exp(-square / 2)).epsilon(5e-3));
  }
  CHECK(half.coverage == doctest::Approx(1 - half.hole_mass[1]));
}

TEST_CASE("density_figures: a mixture against Monte Carlo") {
  const Encoded e = prior_encoded(40, 1);
  const DensityFigures figures =
      density_figures(density_field(square_grid({0, 0}, 5, 256), e.mu, e.sigma, e.labels, 1));
  Rng rng(8, Stream::test);
  constexpr int kDraws = 20000;
  double kl = 0, holes = 0;
  for (int i = 0; i < kDraws; ++i) {
    const Point z = mixture_draw(e, rng);
    kl += std::log(mixture_density(e, z) / prior_density(z)) / kDraws;
    const Point p{static_cast<float>(rng.normal()), static_cast<float>(rng.normal())};
    holes += (mixture_density(e, p) < 0.1 * prior_density(p)) / static_cast<double>(kDraws);
  }
  CHECK(figures.marginal_kl == doctest::Approx(kl).epsilon(0.03));
  CHECK(std::abs(figures.hole_mass[1] - holes) < 0.012);  // 3.5 standard errors
}

TEST_CASE("log_ratio_field: bounded, and 0 for the prior") {
  const DensityField prior = density_field(square_grid({0, 0}, 3, 32), std::vector<Point>{{0, 0}},
                                           std::vector<Point>{{1, 1}}, std::vector<std::uint8_t>{0}, 1);
  for (const float ratio : log_ratio_field(prior, 3)) CHECK(std::abs(ratio) < 1e-4f);
  for (const float ratio : log_ratio_field(empty_density(prior.grid, 1), 3)) CHECK(ratio == -3);
}

}  // namespace
}  // namespace loom
