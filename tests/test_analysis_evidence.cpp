#include <doctest/doctest.h>

#include <cmath>

#include "analysis/bound/bound.h"
#include "analysis/bound/evidence.h"
#include "analysis/density/prior.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "small_spec.h"

namespace loom {
namespace {

constexpr Index kSteepPixels = 30;

// A decoder whose logits are linear in z, so steep that the posterior is a narrow ellipse.
Model steep_model(Scalar slope) {
  ModelSpec spec = small_spec(6, 5, 2, true);
  spec.likelihood = "linear_mse";
  Model model = build_model(spec, "dense", {.channels = {}, .hidden = {}, .activation = "gelu_tanh"}, 1);
  for (Parameter& p : parameters(model.decoder, "decoder"))
    for (Index i = 0; i < static_cast<Index>(p.value.size()); ++i)
      p.value[static_cast<std::size_t>(i)] =
          p.shape.size() == 2 ? slope * static_cast<Scalar>(std::sin(1.7 * static_cast<double>(i))) : 0;
  return model;
}

// log integral exp(-|x - W z|^2) N(z; 0, I) dz of the linear model, in closed form. Gives the mode and covariance too.
struct LinearPosterior {
  double log_evidence = 0;
  Eigen::Vector2d mean;
  Eigen::Matrix2d covariance;
};

LinearPosterior linear_posterior(const Model& model, const Matrix& x) {
  Workspace workspace;
  const Matrix zero = Matrix::Zero(1, 2);
  const Eigen::RowVectorXd bias = decode_logits(model, zero, workspace).row(0).cast<double>();
  Eigen::MatrixXd w(kSteepPixels, 2);
  for (Index d = 0; d < 2; ++d) {
    Matrix z = zero;
    z(0, d) = 1;
    w.col(d) = (decode_logits(model, z, workspace).row(0).cast<double>() - bias).transpose();
  }
  const Eigen::VectorXd rest = (x.row(0).cast<double>() - bias).transpose();
  const Eigen::Matrix2d precision = Eigen::Matrix2d::Identity() + 2 * w.transpose() * w;
  LinearPosterior out;
  out.covariance = precision.inverse();
  const Eigen::Vector2d b = 2 * w.transpose() * rest;
  out.mean = out.covariance * b;
  out.log_evidence = -rest.squaredNorm() + b.dot(out.mean) / 2 - std::log(precision.determinant()) / 2;
  return out;
}

Point sigma_of(const LinearPosterior& p) {
  return {static_cast<float>(std::sqrt(p.covariance(0, 0))), static_cast<float>(std::sqrt(p.covariance(1, 1)))};
}

TEST_CASE("evidence: exact for a linear decoder, however narrow its posterior is") {
  const Matrix x = random_pixels(1, kSteepPixels, 3);
  for (const Scalar slope : {0.1f, 1.0f, 4.0f, 16.0f, 60.0f}) {
    const Model model = steep_model(slope);
    DecoderTable table = empty_table(model, square_grid({0, 0}, 4.5f, 64));
    Workspace workspace;
    while (!table.complete()) fill_table(table, model, 500, workspace);
    const LinearPosterior exact = linear_posterior(model, x);
    const Point sigma = sigma_of(exact), mean{static_cast<float>(exact.mean(0)), static_cast<float>(exact.mean(1))};
    EvidenceScratch scratch;
    CAPTURE(slope);
    CHECK(log_evidence(model, table, x, std::vector{mean}, std::vector{sigma}, scratch)[0] ==
          doctest::Approx(exact.log_evidence).scale(1).epsilon(0.01));
    // An encoder that points elsewhere changes nothing, as long as the wide grid sees the posterior at all.
    if (slope < 10)
      CHECK(log_evidence(model, table, x, std::vector{Point{-2, 1}}, std::vector{Point{0.3f, 0.3f}}, scratch)[0] ==
            doctest::Approx(exact.log_evidence).scale(1).epsilon(0.01));
    // The wide grid alone is wrong where the posterior is narrower than a cell.
    if (slope > 3) CHECK(std::abs(grid_posterior(table, x).log_evidence - exact.log_evidence) > 0.5);
  }
}

TEST_CASE("evidence: a posterior beyond the grid is found at the encoder's mean") {
  const Model model = steep_model(4);
  Workspace workspace;
  Matrix z(1, 2);
  z << 6.0f, -5.0f;
  const Matrix x = decode_logits(model, z, workspace);
  DecoderTable table = empty_table(model, square_grid({0, 0}, 4.5f, 64));
  while (!table.complete()) fill_table(table, model, 500, workspace);
  const LinearPosterior exact = linear_posterior(model, x);
  EvidenceScratch scratch;
  CHECK(exact.mean(0) == doctest::Approx(6).epsilon(0.02));
  CHECK(log_evidence(model, table, x, std::vector{Point{6, -5}}, std::vector{sigma_of(exact)}, scratch)[0] ==
        doctest::Approx(exact.log_evidence).scale(1).epsilon(0.02));
}

TEST_CASE("evidence: slices of any size give the same number, and a swapped plane the same image") {
  const Model model = steep_model(4);
  const Matrix x = random_pixels(1, kSteepPixels, 9);
  Workspace workspace;
  DecoderTable table = empty_table(model, square_grid({0, 0}, 4.5f, 64));
  while (!table.complete()) fill_table(table, model, 500, workspace);
  const Point mu{0.3f, -0.8f}, sigma{0.05f, 0.2f};
  EvidenceScratch scratch;
  const double whole = log_evidence(model, table, x, std::vector{mu}, std::vector{sigma}, scratch)[0];
  EvidenceSearch slices(table, x, joint_densities(table, x), mu, sigma);
  int calls = 0;
  while (!slices.advance(model, table, 7, scratch)) ++calls;
  CHECK(calls > 10);
  CHECK(slices.places() > 70);
  CHECK(slices.log_evidence() == doctest::Approx(whole).epsilon(1e-6));

  DecoderTable swapped = empty_table(model, square_grid({0, 0}, 4.5f, 64), axes_plane(RowVector::Zero(2), 1, 0));
  while (!swapped.complete()) fill_table(swapped, model, 500, workspace);
  CHECK(log_evidence(model, swapped, x, std::vector{Point{mu.y, mu.x}}, std::vector{Point{sigma.y, sigma.x}},
                     scratch)[0] == doctest::Approx(whole).epsilon(1e-6));
}

TEST_CASE("noise rules: in many dimensions every image has draws of its own, whichever batch it is in") {
  const NoiseRule all = default_rule(5, 6), last = default_rule(5, 2, 4);
  CHECK(all.points() == 64);
  CHECK(all.eps.rows() == 6 * 64);
  CHECK(all.eps.middleRows(all.first_of(4), 128) == last.eps);
  CHECK((all.eps.topRows(64) - all.eps.middleRows(64, 64)).cwiseAbs().maxCoeff() > 1);
  CHECK((default_rule(5, 1, 0, 1).eps - all.eps.topRows(64)).cwiseAbs().maxCoeff() > 1);
  CHECK(default_rule(2, 6).first_of(5) == 0);

  const Model model =
      build_model(small_spec(6, 5, 5, true), "dense", {.channels = {}, .hidden = {12}, .activation = "gelu_tanh"}, 1);
  const Matrix x = random_pixels(6, kSteepPixels, 1), mu = random_matrix(6, 5, 2), logvar = random_matrix(6, 5, 3);
  BoundScratch scratch;
  const BoundTerms together = bound_terms(model, x, mu, logvar, all, scratch);
  const BoundTerms alone = bound_terms(model, x.bottomRows(2), mu.bottomRows(2), logvar.bottomRows(2), last, scratch);
  CHECK(together.reconstruction[5] == doctest::Approx(alone.reconstruction[1]).epsilon(1e-6));
}

}  // namespace
}  // namespace loom
