// Forward, loss parts and gradients of a golden case; compiled for float and for double.
#pragma once

#include "golden.h"
#include "model/objective.h"

namespace loom {

// `tolerance` is relative to the largest number of each tensor. Returns the worst difference.
inline double check_golden(const Golden& golden, double tolerance) {
  const Model& model = golden.model;
  const Matrix x = golden.matrix("x"), eps = golden.matrix("eps");
  Gradient gradient = zero_gradient(model);
  ObjectiveScratch s;
  const Scalar weight = Scalar(1) / static_cast<Scalar>(x.rows());
  const ElboSums sums = evaluate(model, x, eps, static_cast<Scalar>(golden.number("beta")), weight, &gradient, s);

  double worst = 0;
  const auto check = [&](std::string_view what, double difference) {
    INFO(what);
    CHECK(difference <= tolerance);
    worst = std::max(worst, difference);
  };
  check("mu", relative_difference(s.posterior.mu, golden.values("mu")));
  if (model.spec.variational) check("logvar", relative_difference(s.posterior.logvar, golden.values("logvar")));
  check("logits", relative_difference(s.decoder.outputs.back(), golden.values("logits")));
  Matrix picture;
  decode(model, s.z, s.decoder, picture);
  check("picture", relative_difference(picture, golden.values("picture")));
  const std::vector<float> wanted = golden.values("sums");
  check("reconstruction", std::abs(sums.reconstruction / static_cast<double>(wanted[0]) - 1));
  if (model.spec.variational)
    check("kl", std::abs(sums.kl / static_cast<double>(wanted[1]) - 1));
  else
    CHECK(sums.kl == 0);
  for (const Parameter& p : parameters(gradient))
    check(p.name, relative_difference<Scalar>(p.value, golden.values(text("grad.", p.name))));
  return worst;
}

}  // namespace loom
