#include "analysis/bound/bound.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/bound/pixel_terms.h"
#include "core/error.h"
#include "nn/gaussian.h"

namespace loom {
namespace {

constexpr Index kPlaceBlock = 256;  // places decoded at a time

// Losses of one image (row `image` of x) at places z.
std::vector<double> losses_at(const Model& model, const Matrix& z, const Matrix& x, Index image, BoundScratch& s) {
  s.x = x.row(image).replicate(z.rows(), 1);
  return row_losses(*find_likelihood(model.spec.likelihood), model.spec.image, decode_logits(model, z, s.workspace),
                    s.x);
}

}  // namespace

BoundTerms bound_terms(const Model& model, const Matrix& x, const Matrix& mu, const Matrix& logvar,
                       const NoiseRule& rule, BoundScratch& s) {
  const auto images = static_cast<std::size_t>(x.rows());
  BoundTerms terms{std::vector<double>(images, 0.0), std::vector<double>(images, 0.0)};
  if (logvar.size() == 0) {
    terms.reconstruction =
        row_losses(*find_likelihood(model.spec.likelihood), model.spec.image, decode_logits(model, mu, s.workspace), x);
    return terms;
  }
  for (Index b = 0; b < x.rows(); ++b) {
    const auto i = static_cast<std::size_t>(b);
    const RowVector sigma = (logvar.row(b).array() / 2).exp();
    for (Index first = 0; first < rule.points(); first += kPlaceBlock) {
      const Index size = std::min(kPlaceBlock, rule.points() - first);
      s.z = (rule.eps.middleRows(rule.first_of(b) + first, size).array().rowwise() * sigma.array()).rowwise() +
            mu.row(b).array();
      const std::vector<double> losses = losses_at(model, s.z, x, b, s);
      for (std::size_t k = 0; k < losses.size(); ++k)
        terms.reconstruction[i] += rule.weight[static_cast<std::size_t>(first) + k] * losses[k];
    }
    for (Index d = 0; d < mu.cols(); ++d)
      terms.kl[i] += kl_divergence(static_cast<double>(mu(b, d)), static_cast<double>(logvar(b, d)));
  }
  return terms;
}

std::vector<double> iwae_bound(const Model& model, const Matrix& x, const Matrix& mu, const Matrix& logvar, Index k,
                               std::uint64_t seed, std::uint64_t first_image, BoundScratch& s) {
  if (logvar.size() == 0) fail("importance-weighted bound: the model is a plain autoencoder and has no posterior");
  std::vector<double> bound(static_cast<std::size_t>(x.rows()));
  std::vector<double> log_weight(static_cast<std::size_t>(k));
  for (Index b = 0; b < x.rows(); ++b) {
    Rng rng(seed, Stream::evaluation, first_image + static_cast<std::uint64_t>(b));
    for (Index first = 0; first < k; first += kPlaceBlock) {
      const Index size = std::min(kPlaceBlock, k - first);
      s.z.resize(size, mu.cols());
      for (Index i = 0; i < size; ++i) {
        // log p(z) - log q(z) = sum_d (eps^2 - z^2 + logvar) / 2; the constants cancel.
        double ratio = 0;
        for (Index d = 0; d < mu.cols(); ++d) {
          const double eps = rng.normal(), v = static_cast<double>(logvar(b, d));
          const double z = static_cast<double>(mu(b, d)) + std::exp(v / 2) * eps;
          s.z(i, d) = static_cast<Scalar>(z);
          ratio += (eps * eps - z * z + v) / 2;
        }
        log_weight[static_cast<std::size_t>(first + i)] = ratio;
      }
      const std::vector<double> losses = losses_at(model, s.z, x, b, s);
      for (std::size_t i = 0; i < losses.size(); ++i) log_weight[static_cast<std::size_t>(first) + i] -= losses[i];
    }
    const double top = *std::max_element(log_weight.begin(), log_weight.end());
    double sum = 0;
    for (const double w : log_weight) sum += std::exp(w - top);
    bound[static_cast<std::size_t>(b)] = top + std::log(sum / static_cast<double>(k));
  }
  return bound;
}

}  // namespace loom
