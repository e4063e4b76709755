#include "train/evaluate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/rng.h"
#include "data/batches.h"
#include "nn/gaussian.h"
#include "nn/likelihood/ssim.h"

namespace loom {
namespace {

// Images per task. Fixed, so that sums are rounded the same whatever the number of threads.
constexpr Index kGroupRows = 250;

std::vector<Index> all_images(const Dataset& dataset) {
  std::vector<Index> images(static_cast<std::size_t>(dataset.size()));
  std::iota(images.begin(), images.end(), Index{0});
  return images;
}

// Calls work(task number, image numbers, x) for groups of kGroupRows images.
template <class Work>
void for_each_group(const Dataset& dataset, std::span<const Index> images, ThreadPool& pool, Work&& work) {
  pool.run(batch_count(static_cast<Index>(images.size()), kGroupRows), [&](Index task) {
    const std::span<const Index> group = batch_of(images, kGroupRows, task);
    Matrix x(static_cast<Index>(group.size()), dataset.shape.size());
    fill_images(dataset, group, MatrixMap(x.data(), x.rows(), x.cols()));
    work(task, group, x);
  });
}

Index group_count(std::span<const Index> images) { return batch_count(static_cast<Index>(images.size()), kGroupRows); }

// One sample of noise per image, drawn from the image's number. (images.size(), D)
Matrix evaluation_noise(std::uint64_t seed, std::span<const Index> images, Index latent_dim) {
  Matrix eps(static_cast<Index>(images.size()), latent_dim);
  for (Index row = 0; row < eps.rows(); ++row) {
    Rng rng(seed, Stream::evaluation, static_cast<std::uint64_t>(images[static_cast<std::size_t>(row)]));
    for (Index d = 0; d < eps.cols(); ++d) eps(row, d) = static_cast<Scalar>(rng.normal());
  }
  return eps;
}

EncodedSet empty_set(const Model& model, const Dataset& dataset, std::span<const Index> images) {
  EncodedSet set;
  for (const Index image : images) set.labels.push_back(dataset.labels[static_cast<std::size_t>(image)]);
  const auto count = static_cast<Index>(images.size());
  set.mu.resize(count, model.spec.latent_dim);
  if (model.spec.variational) set.logvar.resize(count, model.spec.latent_dim);
  return set;
}

void put(EncodedSet& set, Index first, const Posterior& posterior) {
  set.mu.middleRows(first, posterior.mu.rows()) = posterior.mu;
  if (posterior.logvar.size() > 0) set.logvar.middleRows(first, posterior.mu.rows()) = posterior.logvar;
}

// First key of the noise in evaluation, beyond the keys of any training epoch.
constexpr std::uint64_t kEvaluationKey = std::uint64_t{1} << 40;

}  // namespace

ElboSums evaluate_elbo(const Model& model, const Dataset& dataset, std::span<const Index> images, std::uint64_t seed,
                       ThreadPool& pool, const Noise& noise) {
  std::vector<ElboSums> parts(static_cast<std::size_t>(group_count(images)));
  for_each_group(dataset, images, pool, [&](Index task, std::span<const Index> group, const Matrix& x) {
    const Matrix eps = evaluation_noise(seed, group, model.spec.latent_dim);
    ObjectiveScratch scratch;
    Matrix seen = x;
    add_noise(noise, seed, group, kEvaluationKey, seen);
    parts[static_cast<std::size_t>(task)] = evaluate(model, seen, x, eps, 1, 1, nullptr, scratch);
  });
  ElboSums total;
  for (const ElboSums& part : parts) total.add(part);
  return total;
}

EncodedSet encode_images(const Model& model, const Dataset& dataset, std::span<const Index> images, ThreadPool& pool) {
  EncodedSet set = empty_set(model, dataset, images);
  for_each_group(dataset, images, pool, [&](Index task, std::span<const Index>, const Matrix& x) {
    Workspace workspace;
    Posterior posterior;
    encode(model, x, workspace, posterior);
    put(set, task * kGroupRows, posterior);
  });
  return set;
}

EncodedSet encode_dataset(const Model& model, const Dataset& dataset, ThreadPool& pool) {
  return encode_images(model, dataset, all_images(dataset), pool);
}

Evaluation evaluate_model(const Model& model, const Dataset& dataset, std::uint64_t seed, ThreadPool& pool,
                          const Noise& noise) {
  const std::vector<Index> images = all_images(dataset);
  struct Part {
    ElboSums elbo;
    double entropy = 0, squared_error = 0, ssim = 0, noisy = 0, denoised = 0;
    double difference = 0;  // of the loss of two samples of z
  };
  std::vector<Part> parts(static_cast<std::size_t>(group_count(images)));
  EncodedSet set = empty_set(model, dataset, images);
  for_each_group(dataset, images, pool, [&](Index task, std::span<const Index> group, const Matrix& x) {
    ObjectiveScratch scratch;
    Workspace& workspace = scratch.encoder;
    Posterior& posterior = scratch.posterior;
    Matrix picture;
    encode(model, x, workspace, posterior);
    put(set, task * kGroupRows, posterior);
    Part& part = parts[static_cast<std::size_t>(task)];
    part.elbo = evaluate_encoded(model, x, evaluation_noise(seed, group, model.spec.latent_dim), scratch);
    if (model.spec.variational)
      part.difference =
          part.elbo.reconstruction -
          evaluate_encoded(model, x, evaluation_noise(seed + 1, group, model.spec.latent_dim), scratch).reconstruction;
    decode(model, posterior.mu, scratch.decoder, picture);
    part.entropy = bernoulli_entropy(x);
    part.squared_error = static_cast<double>((picture - x).squaredNorm()) / static_cast<double>(x.cols());
    for (Index n = 0; n < x.rows(); ++n) part.ssim += ssim(picture.row(n).data(), x.row(n).data(), dataset.shape);
    if (!noise.kind) return;
    Matrix seen = x;
    add_noise(noise, seed, group, kEvaluationKey, seen);
    encode(model, seen, workspace, posterior);
    decode(model, posterior.mu, scratch.decoder, picture);
    part.noisy = static_cast<double>((seen - x).squaredNorm()) / static_cast<double>(x.cols());
    part.denoised = static_cast<double>((picture - x).squaredNorm()) / static_cast<double>(x.cols());
  });

  Evaluation result;
  const auto count = static_cast<double>(images.size());
  double squares = 0;
  for (const Part& part : parts) {
    squares += part.difference * part.difference;
    result.elbo.add(part.elbo);
    result.entropy_floor += part.entropy / count;
    result.mse += part.squared_error / count;
    result.ssim += part.ssim / count;
    result.noisy_mse += part.noisy / count;
    result.denoised_mse += part.denoised / count;
  }
  // The differences of the groups are independent, with a mean of 0 and twice the variance of one sample.
  result.sampling_error = std::sqrt(squares / 2) / count;
  for (Index d = 0; d < model.spec.latent_dim; ++d) {
    const Eigen::ArrayXd mu = set.mu.col(d).cast<double>();
    result.mu_variance.push_back((mu - mu.mean()).square().mean());
    if (set.logvar.size() == 0) continue;
    double kl = 0;
    for (Index n = 0; n < set.size(); ++n) kl += kl_divergence(mu(n), static_cast<double>(set.logvar(n, d)));
    result.kl_per_dimension.push_back(kl / static_cast<double>(set.size()));
  }
  return result;
}

}  // namespace loom
