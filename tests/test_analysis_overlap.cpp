#include <doctest/doctest.h>

#include <cmath>

#include "analysis/density/overlap.h"
#include "analysis/plane/contour.h"
#include "analysis/plane/neighbours.h"
#include "analysis_examples.h"
#include "random_matrix.h"

namespace loom {
namespace {

// Two classes of equal share, unit circles `distance` apart along z1.
DensityField two_classes(float distance) {
  return density_field(square_grid({0, 0}, 7, 281), std::vector<Point>{{-distance / 2, 0}, {distance / 2, 0}},
                       std::vector<Point>{{1, 1}}, std::vector<std::uint8_t>{0, 1}, 2);
}

TEST_CASE("overlap_figures: two Gaussians against closed forms") {
  // Best accuracy Phi(d/2), Bhattacharyya coefficient exp(-d^2/8).
  for (const float distance : {0.0f, 1.0f, 2.0f, 4.0f}) {
    const OverlapFigures figures = overlap_figures(two_classes(distance));
    const double d = distance;
    CHECK(figures.bayes_accuracy == doctest::Approx(0.5 * std::erfc(-d / 2 / std::sqrt(2.0))).epsilon(2e-3));
    CHECK(figures.bhattacharyya(0, 1) == doctest::Approx(std::exp(-d * d / 8)).epsilon(1e-3));
    CHECK(figures.bhattacharyya(1, 0) == figures.bhattacharyya(0, 1));
    CHECK(figures.bhattacharyya(1, 1) == doctest::Approx(1).epsilon(1e-4));
  }
  CHECK(overlap_figures(two_classes(0)).class_entropy == doctest::Approx(std::log(2.0)).epsilon(1e-5));
  CHECK(overlap_figures(two_classes(10)).class_entropy < 0.001);
  CHECK(overlap_figures(two_classes(10)).accuracy_by_class[1] == doctest::Approx(1).epsilon(1e-4));
}

TEST_CASE("overlap_figures: entropy and accuracy against Monte Carlo") {
  const Encoded e = prior_encoded(30, 3);
  const OverlapFigures figures =
      overlap_figures(density_field(square_grid({0, 0}, 5, 200), e.mu, e.sigma, e.labels, 3));
  Rng rng(9, Stream::test);
  constexpr int kDraws = 20000;
  double right = 0, entropy = 0;
  for (int i = 0; i < kDraws; ++i) {
    const Point z = mixture_draw(e, rng);
    std::vector<double> q(3);
    for (std::size_t n = 0; n < 30; ++n) q[e.labels[n]] += gaussian(z, e.mu[n], e.sigma[n]);
    const double all = q[0] + q[1] + q[2];
    right += *std::max_element(q.begin(), q.end()) / all / kDraws;
    for (const double x : q)
      if (x > 0) entropy -= x / all * std::log(x / all) / kDraws;
  }
  CHECK(figures.bayes_accuracy == doctest::Approx(right).epsilon(0.01));
  CHECK(figures.class_entropy == doctest::Approx(entropy).epsilon(0.03));
}

TEST_CASE("left_out_hits: every image is judged by the others alone, against brute force") {
  const Encoded e = prior_encoded(40, 3);
  const LatentGrid grid = square_grid({0, 0}, 5, 120);
  const DensityField field = density_field(grid, e.mu, e.sigma, e.labels, 3);
  double right = 0;
  for (std::size_t n = 0; n < 40; ++n) {
    double hit = 0, mass = 0;
    for (std::size_t cell = 0; cell < grid.size(); ++cell) {
      const double own = gaussian(grid.center(cell), e.mu[n], e.sigma[n]);
      std::vector<double> q(3);
      for (std::size_t k = 0; k < 40; ++k)
        if (k != n) q[e.labels[k]] += gaussian(grid.center(cell), e.mu[k], e.sigma[k]);
      mass += own;
      if (std::ranges::max_element(q) - q.begin() == e.labels[n]) hit += own;
    }
    right += hit / mass;
  }
  const double hits =
      left_out_hits(field, e.mu, e.sigma, e.labels, 0, 25) + left_out_hits(field, e.mu, e.sigma, e.labels, 25, 40);
  CHECK(hits == doctest::Approx(right).epsilon(0.01));
  CHECK(hits / 40 < overlap_figures(field).bayes_accuracy);
  // Labels that say nothing about z: chance, where the rule made from the same images claims far more.
  Rng rng(3, Stream::test);
  std::vector<Point> mu;
  std::vector<std::uint8_t> labels;
  for (int n = 0; n < 600; ++n) {
    mu.push_back({static_cast<float>(rng.normal()), static_cast<float>(rng.normal())});
    labels.push_back(static_cast<std::uint8_t>(n % 2));
  }
  const std::vector<Point> sigma{{0.05f, 0.05f}};
  const DensityField random = density_field(square_grid({0, 0}, 5, 200), mu, sigma, labels, 2);
  CHECK(overlap_figures(random).bayes_accuracy > 0.75);
  CHECK(left_out_hits(random, mu, sigma, labels, 0, 600) / 600 < 0.56);
}

TEST_CASE("overlap: fields of a class without images and of empty cells") {
  const DensityField field = density_field(square_grid({0, 0}, 3, 30), std::vector<Point>{{0, 0}},
                                           std::vector<Point>{{0.1f, 0.1f}}, std::vector<std::uint8_t>{1}, 3);
  const OverlapFigures figures = overlap_figures(field);
  CHECK(figures.bayes_accuracy == 1);
  CHECK(figures.bhattacharyya(0, 1) == 0);
  CHECK(figures.bhattacharyya(0, 0) == 0);
  const std::size_t corner = 0, middle = cell_at(field.grid, {0, 0});
  CHECK(class_map(field)[corner] == -1);
  CHECK(class_map(field)[middle] == 1);
  CHECK(class_entropy_field(field)[corner] == -1);
  CHECK(class_entropy_field(field)[middle] == 0);
  CHECK(class_share_field(field, 1)[middle] == 1);
  CHECK(class_share_field(field, 1)[corner] == 0);
  CHECK(class_pair_field(field, 1, 0)[middle] == 1);
  CHECK(class_pair_field(field, 0, 2)[middle] == 0);
}

TEST_CASE("contour_lines: the border of two equal classes is the line between them") {
  const DensityField field = two_classes(2);
  std::vector<std::uint8_t> populated(field.grid.size());  // beyond 6 sigma shares jump to 0
  for (std::size_t i = 0; i < populated.size(); ++i) populated[i] = field.total[i] > 1e-6f;
  const std::vector<ContourLine> lines = contour_lines(field.grid, class_share_field(field, 1), 0.5f, populated);
  REQUIRE(!lines.empty());
  for (const Point p : lines[0].points) CHECK(std::abs(p.x) < 1e-3f);
  CHECK(lines[0].length > 8);
  CHECK_FALSE(lines[0].closed);
  CHECK(std::abs(point_along(lines[0], 0.5).y) < 0.1f);
}

TEST_CASE("contour_lines: a circle closes, a mask cuts it, a saddle does not cross") {
  const LatentGrid grid = square_grid({0, 0}, 2, 80);
  std::vector<float> radius(grid.size()), saddle(grid.size());
  for (std::size_t i = 0; i < grid.size(); ++i) {
    radius[i] = length(grid.center(i));
    saddle[i] = grid.center(i).x * grid.center(i).y;
  }
  const std::vector<ContourLine> circle = contour_lines(grid, radius, 1);
  REQUIRE(circle.size() == 1);
  CHECK(circle[0].closed);
  CHECK(circle[0].points.front() == circle[0].points.back());
  CHECK(circle[0].length == doctest::Approx(2 * std::numbers::pi).epsilon(2e-3));
  std::vector<std::uint8_t> right_half(grid.size());
  for (std::size_t i = 0; i < grid.size(); ++i) right_half[i] = grid.center(i).x > 0;
  const std::vector<ContourLine> arc = contour_lines(grid, radius, 1, right_half);
  REQUIRE(arc.size() == 1);
  CHECK_FALSE(arc[0].closed);
  CHECK(arc[0].length == doctest::Approx(std::numbers::pi).epsilon(0.03));
  CHECK(contour_lines(grid, saddle, 1e-5f).size() == 2);  // the two branches of a hyperbola
  CHECK(contour_lines(grid, saddle, -1e-5f).size() == 2);
  CHECK(contour_lines(grid, radius, 9).empty());
}

TEST_CASE("nearest_codes: equals sorting all distances, ties by number") {
  Matrix mu = random_matrix(700, 3, 4);
  mu.row(600) = mu.row(5);
  const RowVector z = mu.row(5) * 0.9f;
  const std::vector<Neighbour> found = nearest_codes(mu, z, 20);
  std::vector<Neighbour> all;
  for (Index n = 0; n < 700; ++n) all.push_back({n, (mu.row(n) - z).norm()});
  std::ranges::sort(all, {}, [](const Neighbour& n) { return std::tuple(n.distance, n.image); });
  REQUIRE(found.size() == 20);
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(found[i].image == all[i].image);
    CHECK(found[i].distance == doctest::Approx(all[i].distance).epsilon(1e-5));
  }
  CHECK(nearest_codes(mu, z, 2000).size() == 700);
  CHECK(nearest_codes(mu, z, 3, found[0].image)[0].image == found[1].image);
  CHECK(nearest_codes(mu, z, 0).empty());
}

TEST_CASE("neighbour_sums: leaves the point itself out, slices add up, ties go to the lowest class") {
  const Matrix mu = random_matrix(300, 2, 5);
  std::vector<std::uint8_t> labels;
  for (Index n = 0; n < 300; ++n) labels.push_back(static_cast<std::uint8_t>(mu(n, 0) > 0 ? 2 : n % 2));
  double right = 0, hits = 0;
  for (Index n = 0; n < 300; ++n) {
    std::vector<double> votes(3);
    for (const Neighbour& near : nearest_codes(mu, mu.row(n), 7, n))
      ++votes[labels[static_cast<std::size_t>(near.image)]];
    const std::size_t own = labels[static_cast<std::size_t>(n)];
    right += std::max_element(votes.begin(), votes.end()) - votes.begin() == static_cast<std::ptrdiff_t>(own);
    hits += votes[own] / 7;
  }
  NeighbourSums sums = neighbour_sums(mu, labels, 3, 7, 0, 120);
  sums.add(neighbour_sums(mu, labels, 3, 7, 120, 300));
  CHECK(sums.accuracy() == doctest::Approx(right / 300));
  CHECK(sums.mean_hits() == doctest::Approx(hits / 300));
  CHECK(sums.images_by_class[2] + sums.images_by_class[1] + sums.images_by_class[0] == 300);

  Matrix line(3, 1);
  line << 0, 1, 2;
  // Image 1 sees classes 1 and 0, one each: the lowest wins, which is not its own.
  const NeighbourSums tie = neighbour_sums(line, std::vector<std::uint8_t>{1, 1, 0}, 2, 2, 1, 2);
  CHECK(tie.accuracy() == 0);
  CHECK(tie.mean_entropy() == doctest::Approx(std::log(2.0)));
}

}  // namespace
}  // namespace loom
