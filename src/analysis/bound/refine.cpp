#include "analysis/bound/refine.h"

#include <cmath>
#include <limits>

#include "analysis/bound/pixel_terms.h"
#include "core/error.h"
#include "nn/gaussian.h"

namespace loom {
namespace {

constexpr Scalar kFirstDecay = 0.9f, kSecondDecay = 0.999f, kTiny = 1e-8f;
constexpr Scalar kLeastLogvar = -20, kMostLogvar = 4;  // logvar

void adam(Matrix& value, const Matrix& gradient, Eigen::Ref<Matrix> first, Eigen::Ref<Matrix> second, int step,
          Scalar rate) {
  const Scalar first_bias = 1 - std::pow(kFirstDecay, static_cast<Scalar>(step));
  const Scalar second_bias = 1 - std::pow(kSecondDecay, static_cast<Scalar>(step));
  first = kFirstDecay * first + (1 - kFirstDecay) * gradient;
  second = kSecondDecay * second + (1 - kSecondDecay) * gradient.cwiseAbs2();
  value.array() -= rate * (first.array() / first_bias) / ((second.array() / second_bias).sqrt() + kTiny);
}

}  // namespace

Refinement begin_refinement(const Matrix& mu, const Matrix& logvar) {
  if (logvar.size() == 0) fail("refinement: the model is a plain autoencoder and has no posterior");
  Refinement r;
  r.mu = mu, r.logvar = logvar;
  const auto images = static_cast<std::size_t>(mu.rows());
  r.negative_elbo.assign(images, std::numeric_limits<double>::infinity());
  r.before.assign(images, 0);
  r.start = mu;
  r.start_width = (logvar.array() / 2).exp();
  r.u.setZero(mu.rows(), mu.cols());
  r.v = logvar;
  r.first_moment.setZero(mu.rows(), 2 * mu.cols());
  r.second_moment.setZero(mu.rows(), 2 * mu.cols());
  return r;
}

void refine_step(Refinement& r, const Model& model, const Matrix& x, const NoiseRule& rule, Scalar learning_rate,
                 RefineScratch& s) {
  const Index images = r.mu.rows(), latent = r.mu.cols(), points = rule.points();
  const Likelihood& likelihood = *find_likelihood(model.spec.likelihood);
  if (s.gradient.size() != model.decoder.size()) s.gradient = zero_like(model.decoder);
  const Matrix mu = r.start + r.start_width.cwiseProduct(r.u);
  const Matrix sigma = (r.v.array() / 2).exp();

  s.z.resize(images * points, latent);
  s.x.resize(images * points, x.cols());
  for (Index b = 0; b < images; ++b) {
    s.z.middleRows(b * points, points) =
        (rule.eps.middleRows(rule.first_of(b), points).array().rowwise() * sigma.row(b).array()).rowwise() +
        mu.row(b).array();
    s.x.middleRows(b * points, points) = x.row(b).replicate(points, 1);
  }
  const Matrix& logits = decode_logits(model, s.z, s.workspace);
  const std::vector<double> losses = row_losses(likelihood, model.spec.image, logits, s.x);
  likelihood.reconstruction(logits, s.x, model.spec.image, 1, &s.dlogits);
  for (Index i = 0; i < s.dlogits.rows(); ++i)
    s.dlogits.row(i) *= static_cast<Scalar>(rule.weight[static_cast<std::size_t>(i % points)]);
  const Matrix& dz = *backward(model.decoder, s.z, s.dlogits, s.workspace, s.gradient, true);

  Matrix du(images, latent), dv(images, latent);
  for (Index b = 0; b < images; ++b) {
    double value = 0;
    for (Index k = 0; k < points; ++k)
      value += rule.weight[static_cast<std::size_t>(k)] * losses[static_cast<std::size_t>(b * points + k)];
    for (Index d = 0; d < latent; ++d)
      value += kl_divergence(static_cast<double>(mu(b, d)), static_cast<double>(r.v(b, d)));
    const auto i = static_cast<std::size_t>(b);
    if (r.steps == 0) r.before[i] = value;
    if (value < r.negative_elbo[i]) r.negative_elbo[i] = value, r.mu.row(b) = mu.row(b), r.logvar.row(b) = r.v.row(b);

    const auto here = dz.middleRows(b * points, points);
    const RowVector from_noise = here.cwiseProduct(rule.eps.middleRows(rule.first_of(b), points)).colwise().sum();
    du.row(b) = (here.colwise().sum() + mu.row(b)).cwiseProduct(r.start_width.row(b));
    dv.row(b) = (from_noise.cwiseProduct(sigma.row(b)).array() + r.v.row(b).array().exp() - 1) / 2;
  }
  ++r.steps;
  adam(r.u, du, r.first_moment.leftCols(latent), r.second_moment.leftCols(latent), r.steps, learning_rate);
  adam(r.v, dv, r.first_moment.rightCols(latent), r.second_moment.rightCols(latent), r.steps, learning_rate);
  r.v = r.v.cwiseMax(kLeastLogvar).cwiseMin(kMostLogvar);
}

}  // namespace loom
