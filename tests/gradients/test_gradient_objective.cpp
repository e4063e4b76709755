// The whole negative ELBO for fixed eps, as training uses it, for every architecture, activation and likelihood.
#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "../random_matrix.h"
#include "../small_spec.h"
#include "core/text.h"
#include "gradient_check.h"
#include "model/architectures.h"
#include "model/objective.h"

namespace loom {
namespace {

constexpr Index kObjectiveImages = 3;
constexpr Scalar kBeta = 2.5, kObjectiveWeight = 1.0 / kObjectiveImages;

struct Case {
  Model model;
  Matrix x, eps;
  ObjectiveScratch scratch;
};

// How far the nearest pre-activation is from relu's kink, and the nearest raw logvar from an end of the clamp.
double margin(const Case& c) {
  double nearest = std::numeric_limits<double>::infinity();
  const auto look = [&](const Sequential& net, const Workspace& a) {
    for (std::size_t i = 1; i < net.size(); ++i)
      if (const auto* layer = std::get_if<Activation>(&net[i]); layer && layer->function->name == "relu")
        nearest = std::min(nearest, a.outputs[i - 1].cwiseAbs().minCoeff());
  };
  look(c.model.encoder, c.scratch.encoder);
  look(c.model.decoder, c.scratch.decoder);
  if (!c.model.spec.variational) return nearest;
  const Matrix raw = c.scratch.encoder.outputs.back().rightCols(c.model.spec.latent_dim);
  for (const Scalar end : {c.model.spec.logvar_min, c.model.spec.logvar_max})
    nearest = std::min(nearest, (raw.array() - end).abs().minCoeff());
  return nearest;
}

// The largest entry of the tensor where that is smallest.
double smallest(Gradient& gradient) {
  double size = std::numeric_limits<double>::infinity();
  for (const Parameter& p : parameters(gradient)) {
    double largest = 0;
    for (const Scalar g : p.value) largest = std::max(largest, std::abs(g));
    size = std::min(size, largest);
  }
  return size;
}

// The case with the first seed whose gradients can be tested: large enough, and kinks away, for a step of 1e-5 moves a
// pre-activation by about as much.
Case make_case(const ModelSpec& spec, std::string_view architecture, const ArchitectureOptions& options) {
  for (std::uint64_t seed = 1; seed < 1000; ++seed) {
    Case c{build_model(spec, architecture, options, seed),
           random_pixels(kObjectiveImages, spec.image.size(), seed),
           random_matrix(kObjectiveImages, spec.latent_dim, seed),
           {}};
    // Initial weights are small, and deep gradients of them vanish; most of all behind sigmoids, of slope 1/4 at best.
    for (Parameter& p : parameters(c.model))
      for (Scalar& value : p.value) value *= options.activation == "sigmoid" ? 5 : 3;
    Gradient gradient = zero_gradient(c.model);
    const ElboSums sums = evaluate(c.model, c.x, c.eps, kBeta, kObjectiveWeight, &gradient, c.scratch);
    const double loss = kObjectiveWeight * (sums.reconstruction + kBeta * sums.kl);
    if (margin(c) > 3e-4 && smallest(gradient) > kResolution * loss) return c;
  }
  FAIL("no seed keeps the kinks away and the gradients large");
  return {};
}

double check(Case& c) {
  Gradient gradient = zero_gradient(c.model);
  evaluate(c.model, c.x, c.eps, kBeta, kObjectiveWeight, &gradient, c.scratch);
  const auto loss = [&] {
    const ElboSums sums = evaluate(c.model, c.x, c.eps, kBeta, kObjectiveWeight, nullptr, c.scratch);
    return kObjectiveWeight * (sums.reconstruction + kBeta * sums.kl);
  };
  const std::vector<Parameter> weights = parameters(c.model), gradients = parameters(gradient);
  double worst = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    INFO(weights[i].name);
    const double error = gradient_error(weights[i].value, gradients[i].value, loss);
    CHECK(error <= kTolerance);
    worst = std::max(worst, error);
  }
  return worst;
}

const ArchitectureOptions kSmall{.channels = {3, 5}, .hidden = {6}, .activation = ""};

}  // namespace

TEST_CASE("gradient: negative ELBO of every architecture, activation and likelihood, variational and plain") {
  double worst = 0;
  for (const Architecture& architecture : architectures())
    for (const ActivationFunction& function : activation_functions())
      for (const Likelihood& likelihood : likelihoods())
        for (const bool variational : {true, false}) {
          const std::string what = text(architecture.name, ' ', function.name, ' ', likelihood.name, ' ', variational);
          INFO(what);
          ModelSpec spec = small_spec(7, 9, 2, variational);
          spec.likelihood = likelihood.name;
          ArchitectureOptions options = kSmall;
          options.activation = function.name;
          Case c = make_case(spec, architecture.name, options);
          worst = std::max(worst, check(c));
        }
  MESSAGE("worst relative error ", worst);
}

TEST_CASE("gradient: negative ELBO where logvar is clamped") {
  ModelSpec spec = small_spec(7, 9, 8);
  spec.logvar_min = -0.5, spec.logvar_max = 0.5;
  ArchitectureOptions options = kSmall;
  options.activation = "silu";
  Case c = make_case(spec, "dense", options);
  const Matrix raw = c.scratch.encoder.outputs.back().rightCols(spec.latent_dim);
  const auto inside = (raw.array().abs() < 0.5).count();
  REQUIRE((raw.array() > 0.5).count() > 0);  // the case means something: both ends are met, and the middle
  REQUIRE((raw.array() < -0.5).count() > 0);
  REQUIRE(inside > 0);
  check(c);
}

TEST_CASE("gradient: evaluate adds to the gradient, so two chunks give that of the whole batch") {
  Case c = make_case(small_spec(7, 9, 2), "conv", {.channels = {3}, .hidden = {}, .activation = "tanh"});
  Gradient whole = zero_gradient(c.model), parts = zero_gradient(c.model);
  const ElboSums all = evaluate(c.model, c.x, c.eps, kBeta, kObjectiveWeight, &whole, c.scratch);
  ElboSums sums;
  sums.add(evaluate(c.model, c.x.topRows(1), c.eps.topRows(1), kBeta, kObjectiveWeight, &parts, c.scratch));
  sums.add(evaluate(c.model, c.x.bottomRows(2), c.eps.bottomRows(2), kBeta, kObjectiveWeight, &parts, c.scratch));
  CHECK(sums.images == all.images);
  CHECK(sums.reconstruction == doctest::Approx(all.reconstruction).epsilon(1e-13));
  CHECK(sums.kl == doctest::Approx(all.kl).epsilon(1e-13));
  const std::vector<Parameter> a = parameters(whole), b = parameters(parts);
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < a[i].value.size(); ++k)
      CHECK(std::abs(a[i].value[k] - b[i].value[k]) <= 1e-13 * (1 + std::abs(a[i].value[k])));
}

}  // namespace loom
