#include "uses/compression.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/rng.h"
#include "core/text.h"
#include "nn/gaussian.h"
#include "uses/images.h"
#include "weights/half.h"

namespace loom {
namespace {

constexpr Index kLargestPca = 64;
constexpr double kHalfBits = 16;

void round_to_half(Matrix& m) {
  for (Index i = 0; i < m.size(); ++i)
    m.data()[i] = static_cast<Scalar>(half_to_float(float_to_half(static_cast<float>(m.data()[i]))));
}

double squared_error(const Matrix& a, const Matrix& b) { return static_cast<double>((a - b).squaredNorm()); }

// The numbers of components to compare: 1, 2, 4, ... and the model's number of latent dimensions.
std::vector<Index> pca_sizes(Index latent_dim, Index pixels) {
  std::vector<Index> sizes;
  for (Index k = 1; k <= std::min(kLargestPca, pixels); k *= 2) sizes.push_back(k);
  if (latent_dim <= pixels) sizes.push_back(latent_dim);
  std::ranges::sort(sizes);
  sizes.erase(std::ranges::unique(sizes).begin(), sizes.end());
  return sizes;
}

void add_model(Compression& out, const Model& model, const Dataset& test, std::uint64_t seed, ThreadPool& pool,
               const OnProgress& on_progress) {
  struct Part {
    double kl = 0, sampled = 0, stored = 0;
  };
  std::vector<Part> parts(static_cast<std::size_t>(test.size()));
  for_each_batch(test, pool, on_progress, [&](Index first, const Matrix& x) {
    Part& part = parts[static_cast<std::size_t>(first)];
    Workspace workspace;
    Posterior posterior;
    Matrix picture;
    encode(model, x, workspace, posterior);
    if (model.spec.variational) {
      Matrix eps(x.rows(), model.spec.latent_dim), z;
      for (Index n = 0; n < x.rows(); ++n) {
        Rng rng(seed, Stream::evaluation, static_cast<std::uint64_t>(first + n));
        for (Index d = 0; d < eps.cols(); ++d) eps(n, d) = static_cast<Scalar>(rng.normal());
      }
      reparameterize(posterior.mu, posterior.logvar, eps, z);
      decode(model, z, workspace, picture);
      part.sampled = squared_error(picture, x);
      part.kl = kl_divergence(posterior.mu, posterior.logvar);
    }
    round_to_half(posterior.mu);
    decode(model, posterior.mu, workspace, picture);
    part.stored = squared_error(picture, x);
  });
  Part sum;
  for (const Part& part : parts) sum.kl += part.kl, sum.sampled += part.sampled, sum.stored += part.stored;
  const auto images = static_cast<double>(test.size()), numbers = images * static_cast<double>(test.shape.size());
  const Index d = model.spec.latent_dim;
  if (model.spec.variational) {
    out.kl_bits = sum.kl / images / std::numbers::ln2;
    out.ways.push_back({"model, kl", "KL, by bits-back coding", *out.kl_bits, sum.sampled / numbers, d, {}});
  }
  out.ways.push_back({"model, f16",
                      text(d, d == 1 ? " number" : " numbers", " as f16"),
                      kHalfBits * static_cast<double>(d),
                      sum.stored / numbers,
                      d,
                      {}});
}

void add_pca(Compression& out, const Dataset& test, const PrincipalComponents& pca, ThreadPool& pool,
             const OnProgress& on_progress) {
  const std::vector<Index> sizes = pca_sizes(out.latent_dim, test.shape.size());
  const RowVector mean = pca.mean.transpose().cast<Scalar>();
  const Matrix axes = pca.axes.cast<Scalar>();
  std::vector<std::vector<double>> parts(static_cast<std::size_t>(test.size()));
  for_each_batch(test, pool, on_progress, [&](Index first, const Matrix& x) {
    Matrix scores = (x.rowwise() - mean) * axes.transpose();
    round_to_half(scores);
    for (const Index k : sizes) {
      Matrix picture = scores.leftCols(k) * axes.topRows(k);
      picture.rowwise() += mean;
      parts[static_cast<std::size_t>(first)].push_back(
          squared_error(picture.cwiseMax(Scalar(0)).cwiseMin(Scalar(1)), x));
    }
  });
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    double sum = 0;
    for (const std::vector<double>& part : parts)
      if (!part.empty()) sum += part[i];
    out.ways.push_back({"pca",
                        text("PCA, ", sizes[i], sizes[i] == 1 ? " number" : " numbers"),
                        kHalfBits * static_cast<double>(sizes[i]),
                        sum / static_cast<double>(test.size() * test.shape.size()),
                        sizes[i],
                        {}});
  }
}

}  // namespace

Index principal_components_for(const Model& model) {
  return pca_sizes(model.spec.latent_dim, model.spec.image.size()).back();
}

Compression compress(const std::string& name, const Model& model, const Dataset& test, const PrincipalComponents& pca,
                     std::uint64_t seed, ThreadPool& pool, const OnProgress& on_progress) {
  Compression out{name, model.spec.latent_dim, {}, 8 * test.shape.size(), {}};
  OnProgress halves;  // there are two passes over the images
  if (on_progress) halves = [&](Index steps, Index total) { on_progress(steps, 2 * total); };
  add_model(out, model, test, seed, pool, halves);
  add_pca(out, test, pca, pool, halves);
  return out;
}

}  // namespace loom
