#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "analysis/bound/bound.h"
#include "analysis/bound/quadrature.h"
#include "analysis/bound/refine.h"
#include "analysis/density/prior.h"
#include "message_of.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "small_spec.h"

namespace loom {
namespace {

constexpr Index kExactPixels = 30;

Model small_model(std::string_view likelihood = "bernoulli", Index latent_dim = 2, bool variational = true) {
  ModelSpec spec = small_spec(6, 5, latent_dim, variational);
  spec.likelihood = likelihood;
  Model model = build_model(spec, "dense", {.channels = {}, .hidden = {12}, .activation = "gelu_tanh"}, 1);
  for (Parameter& p : parameters(model))  // initial maps are nearly flat
    for (Scalar& w : p.value) w *= 2.5f;
  return model;
}

// A decoder that says the same wherever z is.
Model constant_model(Index latent_dim = 2) {
  Model model = small_model("bernoulli", latent_dim);
  for (Parameter& p : parameters(model.decoder, "decoder"))
    for (Scalar& w : p.value) w = 0;
  return model;
}

double log_likelihood(const Model& model, const Matrix& x, Scalar z1, Scalar z2) {
  Matrix z(1, 2);
  z << z1, z2;
  Workspace workspace;
  return -find_likelihood(model.spec.likelihood)
              ->reconstruction(decode_logits(model, z, workspace), x, model.spec.image, 1, nullptr);
}

double brute_force_evidence(const Model& model, const Matrix& x, const LatentGrid& grid) {
  double sum = 0;
  for (std::size_t i = 0; i < grid.size(); ++i)
    sum += std::exp(log_likelihood(model, x, grid.center(i).x, grid.center(i).y)) * prior_density(grid.center(i));
  return std::log(sum * grid.cell_area());
}

TEST_CASE("noise rules: moments of the normal distribution") {
  for (const int points : {1, 2, 5, 8, 16, 32}) {
    const NoiseRule rule = gauss_hermite_rule(points, 1);
    double expected = 1;  // E eps^(2m) = 1 3 5 .. (2m - 1), exact while 2m < 2 points
    for (int m = 0; m < std::min(points, 6); expected *= 2 * m++ + 1) {
      double even = 0, odd = 0;
      for (Index k = 0; k < points; ++k) {
        const double eps = static_cast<double>(rule.eps(k, 0)), weight = rule.weight[static_cast<std::size_t>(k)];
        even += weight * std::pow(eps, 2 * m), odd += weight * std::pow(eps, 2 * m + 1);
      }
      CHECK(even == doctest::Approx(expected).epsilon(1e-5));
      CHECK(std::abs(odd) < 1e-3 * expected);
    }
  }
  const NoiseRule plane = gauss_hermite_rule(4, 2);
  CHECK(plane.eps.rows() == 16);
  double mixed = 0;
  for (Index k = 0; k < 16; ++k)
    mixed +=
        plane.weight[static_cast<std::size_t>(k)] * std::pow(static_cast<double>(plane.eps(k, 0) * plane.eps(k, 1)), 2);
  CHECK(mixed == doctest::Approx(1).epsilon(1e-5));
  CHECK(sampled_rule(50, 3, Rng(1, Stream::test)).weight[49] == doctest::Approx(0.02));
  for (const Index d : {1, 2, 5}) CHECK(default_rule(d).eps.cols() == d);
}

TEST_CASE("pixel terms: the losses of every likelihood, pair by pair, in every form") {
  const Matrix x = random_pixels(5, kExactPixels, 1), z = random_matrix(7, 2, 2);
  for (const Likelihood& likelihood : likelihoods()) {
    const Model model = small_model(likelihood.name);
    Workspace workspace;
    const Matrix logits = decode_logits(model, z, workspace);
    PixelTerms terms = pixel_terms(model);
    for (const bool general : {false, true}) {
      if (general) terms.form = PixelTerms::Form::general;
      PlaceTerms places;
      place_terms(terms, logits, places);
      Matrix losses;
      pair_losses(terms, places, x, image_constants(terms, x), losses);
      for (Index n = 0; n < 7; ++n)
        for (Index b = 0; b < 5; ++b)
          CHECK(losses(n, b) ==
                doctest::Approx(row_losses(likelihood, model.spec.image, logits.row(n), x.row(b))[0]).epsilon(1e-5));
    }
  }
  CHECK(pixel_terms(small_model("bernoulli")).form == PixelTerms::Form::logits);
  CHECK(pixel_terms(small_model("continuous_bernoulli")).form == PixelTerms::Form::logits);
  CHECK(pixel_terms(small_model("mse")).form == PixelTerms::Form::picture);
  CHECK(pixel_terms(small_model("linear_mse")).scale == doctest::Approx(2).epsilon(1e-4));
  CHECK(pixel_terms(small_model("ssim")).form == PixelTerms::Form::general);
}

TEST_CASE("quadrature: one image, many at once and brute force give the same log p(x), for every likelihood") {
  const LatentGrid grid = square_grid({0, 0}, 4.5f, 40);
  const Matrix x = random_pixels(3, kExactPixels, 3);
  for (const Likelihood& likelihood : likelihoods()) {
    const Model model = small_model(likelihood.name);
    DecoderTable table = empty_table(model, grid);
    Workspace workspace;
    while (!table.complete()) fill_table(table, model, 300, workspace);
    const std::vector<double> joint = joint_densities(table, x);
    for (Index b = 0; b < 3; ++b) {
      const double expected = brute_force_evidence(model, x.row(b), grid);
      const GridPosterior posterior = grid_posterior(table, x.row(b));
      CHECK(posterior.log_evidence == doctest::Approx(expected).epsilon(1e-5));
      const std::span all(joint);
      const GridPosterior of_many =
          grid_posterior(table, all.subspan(static_cast<std::size_t>(b) * grid.size(), grid.size()));
      CHECK(of_many.log_evidence == doctest::Approx(expected).epsilon(1e-5));
      CHECK(of_many.mode.x == posterior.mode.x);
      double mass = 0;
      for (const float density : posterior.density) mass += static_cast<double>(density) * grid.cell_area();
      CHECK(mass == doctest::Approx(1).epsilon(1e-5));
      const double there = log_likelihood(model, x.row(b), posterior.mode.x, posterior.mode.y);
      CHECK(std::log(static_cast<double>(sample_field(grid, posterior.density, posterior.mode))) ==
            doctest::Approx(there + log_prior_density(posterior.mode) - expected).epsilon(1e-3));
    }
  }
}

TEST_CASE("quadrature: a decoder that ignores z leaves the prior") {
  const Model model = constant_model();
  DecoderTable table = empty_table(model, square_grid({0, 0}, 5, 100));
  Workspace workspace;
  fill_table(table, model, 10000, workspace);
  const GridPosterior posterior = grid_posterior(table, random_pixels(1, kExactPixels, 4));
  CHECK(posterior.log_evidence == doctest::Approx(-kExactPixels * std::numbers::ln2).epsilon(1e-5));
  CHECK(length(posterior.mean) < 1e-3f);
  CHECK(posterior.deviation.x == doctest::Approx(1).epsilon(1e-3));
  for (std::size_t i = 0; i < table.grid.size(); i += 333)
    CHECK(static_cast<double>(posterior.density[i]) ==
          doctest::Approx(prior_density(table.grid.center(i))).epsilon(1e-3).scale(1e-3));
}

TEST_CASE("quadrature: a half-filled table gives density 0 elsewhere; only two dimensions are accepted") {
  const Model model = constant_model();
  DecoderTable table = empty_table(model, square_grid({0, 0}, 5, 50));
  Workspace workspace;
  fill_table(table, model, 200, workspace);
  const GridPosterior posterior = grid_posterior(table, random_pixels(1, kExactPixels, 4));
  CHECK(posterior.density[0] == 0);
  CHECK(posterior.density[cell_at(table.grid, {0, 0})] > 0.1f);
  const Model wide = small_model("bernoulli", 3);
  CHECK(message_of([&] { empty_table(wide, square_grid({0, 0}, 5, 10)); }) ==
        "exact posterior: the model has 3 latent dimensions, expected 2");
}

TEST_CASE("bounds: ELBO <= IWAE <= log p(x)") {
  const Model model = small_model();
  const Matrix x = random_pixels(3, kExactPixels, 5);
  const LatentGrid grid = square_grid({0, 0}, 5, 200);
  DecoderTable table = empty_table(model, grid);
  Workspace workspace;
  fill_table(table, model, 40000, workspace);
  Posterior q;
  encode(model, x, workspace, q);
  BoundScratch scratch;
  const BoundTerms terms = bound_terms(model, x, q.mu, q.logvar, gauss_hermite_rule(16, 2), scratch);
  const BoundTerms draws = bound_terms(model, x, q.mu, q.logvar, sampled_rule(4000, 2, Rng(2, Stream::test)), scratch);
  const std::vector<double> few = iwae_bound(model, x, q.mu, q.logvar, 20, 1, 0, scratch);
  const std::vector<double> many = iwae_bound(model, x, q.mu, q.logvar, 20000, 1, 0, scratch);
  for (std::size_t b = 0; b < 3; ++b) {
    const GridPosterior posterior = grid_posterior(table, x.row(static_cast<Index>(b)));
    CHECK(terms.negative_elbo(b) == doctest::Approx(draws.negative_elbo(b)).epsilon(0.01));
    CHECK(-terms.negative_elbo(b) < posterior.log_evidence);
    CHECK(many[b] == doctest::Approx(posterior.log_evidence).epsilon(2e-3));
    CHECK(few[b] < posterior.log_evidence + 0.5);
  }
  // The noise belongs to the image, not to the batch.
  CHECK(iwae_bound(model, x.row(2), q.mu.row(2), q.logvar.row(2), 20, 1, 2, scratch)[0] == few[2]);
}

TEST_CASE("bounds: one importance sample is an ELBO on average; exact where q is the posterior") {
  const Model model = constant_model(3);
  const Matrix x = random_pixels(1, kExactPixels, 6), mu = random_matrix(1, 3, 7), logvar = random_matrix(1, 3, 8);
  BoundScratch scratch;
  double mean = 0;
  for (std::uint64_t seed = 0; seed < 4000; ++seed)
    mean += iwae_bound(model, x, mu, logvar, 1, seed, 0, scratch)[0] / 4000;
  const BoundTerms terms = bound_terms(model, x, mu, logvar, default_rule(3), scratch);
  CHECK(mean == doctest::Approx(-terms.negative_elbo(0)).epsilon(0.01));
  const Matrix zero = Matrix::Zero(1, 3);  // the decoder ignores z: the posterior is the prior
  CHECK(iwae_bound(model, x, zero, zero, 5, 1, 0, scratch)[0] == doctest::Approx(-kExactPixels * std::numbers::ln2));
}

TEST_CASE("bounds: a plain autoencoder has a reconstruction and no posterior") {
  const Model model = small_model("bernoulli", 2, false);
  const Matrix x = random_pixels(2, kExactPixels, 5), mu = random_matrix(2, 2, 1);
  BoundScratch scratch;
  const BoundTerms terms = bound_terms(model, x, mu, {}, default_rule(2), scratch);
  CHECK(terms.kl[1] == 0);
  CHECK(terms.reconstruction[1] == doctest::Approx(-log_likelihood(model, x.row(1), mu(1, 0), mu(1, 1))));
  CHECK(message_of([&] { iwae_bound(model, x, mu, {}, 5, 1, 0, scratch); }).find("plain") != std::string::npos);
  CHECK(message_of([&] { begin_refinement(mu, {}); }).find("plain") != std::string::npos);
}

TEST_CASE("refinement: converges to the prior if the decoder ignores z") {
  const Model model = constant_model();
  const Matrix x = random_pixels(2, kExactPixels, 6);
  Refinement r = begin_refinement(random_matrix(2, 2, 1), random_matrix(2, 2, 2));
  RefineScratch scratch;
  for (int i = 0; i < 400; ++i) refine_step(r, model, x, default_rule(2), 0.05f, scratch);
  CHECK(r.mu.cwiseAbs().maxCoeff() < 0.02f);
  CHECK(r.logvar.cwiseAbs().maxCoeff() < 0.02f);
  CHECK(r.negative_elbo[1] == doctest::Approx(kExactPixels * std::numbers::ln2).epsilon(1e-4));
  CHECK(r.before[1] > r.negative_elbo[1]);
}

TEST_CASE("refinement: closes most of the encoder's gap, and never exceeds log p(x)") {
  const Model model = small_model();
  const Matrix x = random_pixels(4, kExactPixels, 5);
  DecoderTable table = empty_table(model, square_grid({0, 0}, 5, 100));
  Workspace workspace;
  fill_table(table, model, 10000, workspace);
  Posterior q;
  encode(model, x, workspace, q);
  Refinement r = begin_refinement(q.mu, q.logvar);
  RefineScratch scratch;
  for (int i = 0; i < 150; ++i) refine_step(r, model, x, default_rule(2), 0.1f, scratch);
  BoundScratch bound_scratch;
  const BoundTerms after = bound_terms(model, x, r.mu, r.logvar, default_rule(2), bound_scratch);
  const BoundTerms before = bound_terms(model, x, q.mu, q.logvar, default_rule(2), bound_scratch);
  for (std::size_t b = 0; b < 4; ++b) {
    const double exact = grid_posterior(table, x.row(static_cast<Index>(b))).log_evidence;
    CHECK(r.before[b] == doctest::Approx(before.negative_elbo(b)).epsilon(1e-5));
    CHECK(r.negative_elbo[b] == doctest::Approx(after.negative_elbo(b)).epsilon(1e-5));
    CHECK(r.negative_elbo[b] >= -exact - 1e-3);
    CHECK(r.negative_elbo[b] + exact < 0.3 * (r.before[b] + exact));
  }
}

}  // namespace
}  // namespace loom
