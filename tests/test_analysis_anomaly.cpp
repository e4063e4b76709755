#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "analysis/bound/anomaly.h"
#include "analysis/bound/latent_units.h"
#include "analysis/bound/pixel_terms.h"
#include "message_of.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "small_spec.h"

namespace loom {
namespace {

double brute_force_auroc(const std::vector<double>& inliers, const std::vector<double>& outliers) {
  double wins = 0;
  for (const double s : outliers)
    for (const double u : inliers) wins += s > u ? 1 : s == u ? 0.5 : 0;
  return wins / static_cast<double>(inliers.size() * outliers.size());
}

TEST_CASE("auroc: equals the comparison of all pairs, with ties counted half") {
  Rng rng(1, Stream::test);
  std::vector<double> inliers(300), outliers(200);
  for (double& u : inliers) u = static_cast<double>(rng.below(20));
  for (double& s : outliers) s = static_cast<double>(rng.below(25));
  CHECK(auroc(inliers, outliers) == doctest::Approx(brute_force_auroc(inliers, outliers)));
  CHECK(auroc(inliers, inliers) == doctest::Approx(0.5));
  CHECK(auroc(std::vector{1.0, 2.0}, std::vector{3.0}) == 1);
  CHECK(auroc(std::vector{1.0, 2.0}, std::vector{0.0}) == 0);
  CHECK_FALSE(message_of([&] { auroc({}, inliers); }).empty());
  CHECK_FALSE(message_of([&] { auroc(inliers, std::vector{std::nan("")}); }).empty());
}

TEST_CASE("auroc: two normal distributions against the closed form") {
  Rng rng(2, Stream::test);
  std::vector<double> inliers(4000), outliers(4000);
  for (double& u : inliers) u = rng.normal();
  for (double& s : outliers) s = rng.normal() + 1.2;
  CHECK(auroc(inliers, outliers) == doctest::Approx(0.5 * std::erfc(-1.2 / 2)).epsilon(0.02));  // Phi(d / sqrt 2)
}

TEST_CASE("percentile and histogram: ends, ties, values out of range") {
  const std::vector<double> sorted{1, 2, 2, 3};
  CHECK(percentile(sorted, 0) == 0);
  CHECK(percentile(sorted, 2) == 0.5);
  CHECK(percentile(sorted, 2.5) == 0.75);
  CHECK(percentile(sorted, 9) == 1);
  CHECK(percentile({}, 9) == 0.5);
  const Histogram h = histogram(std::vector<double>{-5, 0, 0.1, 0.5, 0.99, 1, 7}, 0, 1, 4);
  CHECK(h.bins == std::vector<std::size_t>{3, 0, 1, 3});
  CHECK(histogram(sorted, 2, 2, 3).bins == std::vector<std::size_t>{0, 0, 0});
  CHECK(typicality(3, 5) == 2);
}

TEST_CASE("least_losses: entropy for Bernoulli pixels, 0 for squared error, a lower bound for every likelihood") {
  const ImageShape shape{1, 8, 5};
  Matrix x = random_pixels(3, 40, 1);
  x(0, 0) = 0, x(0, 1) = 1;
  const std::vector<double> entropy = least_losses(*find_likelihood("bernoulli"), shape, x);
  for (Index b = 0; b < 3; ++b)
    CHECK(entropy[static_cast<std::size_t>(b)] == doctest::Approx(bernoulli_entropy(x.row(b))).epsilon(1e-5));
  for (const auto name : {"mse", "linear_mse", "ssim", "ssim_mse"})
    for (const double loss : least_losses(*find_likelihood(name), shape, x)) CHECK(std::abs(loss) < 1e-4);
  for (const Likelihood& likelihood : likelihoods()) {
    const std::vector<double> least = least_losses(likelihood, shape, x);
    for (std::uint64_t key = 0; key < 20; ++key) {
      const std::vector<double> other = row_losses(likelihood, shape, random_matrix(3, 40, key) * 2, x);
      for (std::size_t b = 0; b < 3; ++b) CHECK(least[b] <= other[b] + 1e-4);
    }
  }
}

TEST_CASE("anomaly_scores: each measure for a batch") {
  const Model model =
      build_model(small_spec(6, 5, 2), "dense", {.channels = {}, .hidden = {8}, .activation = "relu"}, 1);
  const Matrix x = random_pixels(4, 30, 2);
  const NoiseRule rule = default_rule(2);
  AnomalyScratch s;
  const auto scores = [&](AnomalyMeasure measure) { return anomaly_scores(model, measure, x, rule, s); };
  Workspace workspace;
  Posterior q;
  Matrix picture;
  encode(model, x, workspace, q);
  decode(model, q.mu, workspace, picture);
  BoundScratch bound;
  const BoundTerms terms = bound_terms(model, x, q.mu, q.logvar, rule, bound);
  for (std::size_t b = 0; b < 4; ++b) {
    const auto row = static_cast<Index>(b);
    CHECK(scores(AnomalyMeasure::squared_error)[b] ==
          doctest::Approx((picture.row(row) - x.row(row)).squaredNorm() / 30));
    CHECK(scores(AnomalyMeasure::negative_elbo)[b] == doctest::Approx(terms.negative_elbo(b)));
    CHECK(scores(AnomalyMeasure::excess)[b] ==
          doctest::Approx(terms.negative_elbo(b) - bernoulli_entropy(x.row(row))).epsilon(1e-4));
  }
}

TEST_CASE("unit_figures: closed forms, and collapsed units") {
  EncodedSet set;
  set.mu.resize(4, 3);
  set.mu << 1, 0, 3, -1, 0, 3, 1, 0, 3, -1, 0, 3;
  set.logvar = Matrix::Zero(4, 3);
  set.logvar.col(2).setConstant(-2);
  set.labels = {0, 1, 0, 2};
  const UnitFigures figures = unit_figures(set);
  CHECK(figures.variance == std::vector<double>{1, 0, 0});
  CHECK(figures.kl[0] == doctest::Approx(0.5));
  CHECK(figures.kl[1] == 0);
  CHECK(figures.kl[2] == doctest::Approx((9 + std::exp(-2) - 1 + 2) / 2));
  CHECK(figures.mean_kl() == doctest::Approx(figures.kl[0] + figures.kl[2]));
  CHECK(figures.collapsed == std::vector<Index>{1, 2});
  CHECK(figures.active() == 1);
  CHECK(collapse_warning(figures).find("2 of 3 latent dimensions are hardly used (z2: KL 0.000 nats") !=
        std::string::npos);
  set.logvar.resize(0, 0);
  CHECK(unit_figures(set).kl.empty());
  CHECK(unit_figures(set).collapsed.size() == 2);
  set.mu = random_matrix(50, 3, 1);
  CHECK(collapse_warning(unit_figures(set)).empty());
  CHECK(unit_figures({}).variance.empty());
}

TEST_CASE("class_means: means per class, zero for a class without images") {
  EncodedSet set;
  set.mu.resize(3, 2);
  set.mu << 1, 2, 3, 4, -1, 0;
  set.labels = {0, 0, 2};
  std::vector<Index> counts;
  const Matrix means = class_means(set, 4, &counts);
  CHECK(means(0, 0) == 2);
  CHECK(means(0, 1) == 3);
  CHECK(means(2, 0) == -1);
  CHECK(means.row(1).norm() == 0);
  CHECK(counts == std::vector<Index>{2, 0, 1, 0});
}

}  // namespace
}  // namespace loom
