#include "uses/anomalies.h"

#include <algorithm>
#include <numeric>

#include "analysis/bound/anomaly.h"
#include "analysis/bound/evidence.h"
#include "core/text.h"
#include "uses/images.h"

namespace loom {
namespace {

constexpr Index kGroup = 500;          // images per task
constexpr Index kEvidenceImages = 16;  // whose exact scores are computed at a time
constexpr Index kTypicalImages = 2000;  // of the training set

// The table of the exact score, for posteriors like those of these images.
std::optional<DecoderTable> score_table(const Model& model, const Dataset& data, ThreadPool& pool) {
  if (model.spec.latent_dim != 2 || !model.spec.variational) return std::nullopt;
  EncodedSet set{Matrix(data.size(), 2), Matrix(data.size(), 2), {}, {}};
  for_each_batch(data, pool, {}, [&](Index first, const Matrix& x) {
    Workspace workspace;
    Posterior q;
    encode(model, x, workspace, q);
    set.mu.middleRows(first, x.rows()) = q.mu, set.logvar.middleRows(first, x.rows()) = q.logvar;
  });
  const PlaneSet seen = plane_set(first_axes_plane(2), set);
  return evidence_table(model, seen.mu, seen.sigma);
}

std::vector<double> negative_log_evidence(const Model& model, const DecoderTable& table, const Matrix& x) {
  Workspace workspace;
  Posterior q;
  encode(model, x, workspace, q);
  const PlaneSet seen = plane_set(table.plane, {q.mu, q.logvar, {}, {}});
  EvidenceScratch scratch;
  std::vector<double> out;
  for (Index first = 0; first < x.rows(); first += kEvidenceImages) {
    const Index size = std::min(kEvidenceImages, x.rows() - first);
    const auto start = static_cast<std::size_t>(first), count = static_cast<std::size_t>(size);
    for (const double log_p :
         log_evidence(model, table, x.middleRows(first, size), std::span(seen.mu).subspan(start, count),
                      std::span(seen.sigma).subspan(start, count), scratch))
      out.push_back(-log_p);
  }
  return out;
}

std::vector<std::vector<double>> scores_of(const Model& model, const Matrix& x, double typical,
                                           const DecoderTable* table) {
  const NoiseRule rule = anomaly_rule(model.spec.latent_dim);
  AnomalyScratch scratch;
  std::vector<std::vector<double>> out;
  out.push_back(anomaly_scores(model, AnomalyMeasure::squared_error, x, rule, scratch));
  out.push_back(anomaly_scores(model, AnomalyMeasure::negative_elbo, x, rule, scratch));
  const std::vector<double> least = least_losses(*find_likelihood(model.spec.likelihood), model.spec.image, x);
  std::vector<double> excess = out[1], distance = out[1];
  for (std::size_t n = 0; n < excess.size(); ++n) {
    excess[n] -= least[n];
    distance[n] = typicality(distance[n], typical);
  }
  out.push_back(std::move(excess));
  out.push_back(std::move(distance));
  if (table) out.push_back(negative_log_evidence(model, *table, x));
  return out;
}

std::vector<MeasuredScores> empty_scores(const Model& model) {
  const char* elbo = model.spec.variational ? "negative ELBO" : "reconstruction loss";
  std::vector<MeasuredScores> out{
      {"squared_error", "reconstruction error", "mean squared error per pixel", {}},
      {"negative_elbo", elbo, "nats", {}},
      {"excess", text(elbo, " minus the image's own entropy"), "nats", {}},
      {"typicality", text("distance of the ", elbo, " from its training mean"), "nats", {}},
  };
  if (model.spec.latent_dim == 2 && model.spec.variational) out.push_back({"exact", "exact −log p(x)", "nats", {}});
  return out;
}

}  // namespace

std::vector<MeasuredScores> score_images(const Model& model, const Dataset& data, Index limit, double typical,
                                         ThreadPool& pool, const OnProgress& on_progress) {
  const Index count = limit > 0 ? std::min(limit, data.size()) : data.size();
  std::vector<MeasuredScores> out = empty_scores(model);
  for (MeasuredScores& measure : out) measure.scores.resize(static_cast<std::size_t>(count));
  const std::optional<DecoderTable> table = score_table(model, data, pool);
  pool.run((count + kGroup - 1) / kGroup, [&](Index task) {
    std::vector<Index> group(static_cast<std::size_t>(std::min(kGroup, count - task * kGroup)));
    std::iota(group.begin(), group.end(), task * kGroup);
    const std::vector<std::vector<double>> scores =
        scores_of(model, images_at(data, group), typical, table ? &*table : nullptr);
    for (std::size_t m = 0; m < out.size(); ++m) std::ranges::copy(scores[m], out[m].scores.begin() + task * kGroup);
    if (on_progress) on_progress(static_cast<Index>(group.size()), count);
  });
  return out;
}

ImageLoss image_loss(const Model& model, const Matrix& x, const Posterior& posterior, BoundScratch& scratch) {
  const ModelSpec& spec = model.spec;
  const BoundTerms terms =
      bound_terms(model, x, posterior.mu, posterior.logvar, anomaly_rule(spec.latent_dim), scratch);
  return {terms.reconstruction[0], terms.kl[0], least_losses(*find_likelihood(spec.likelihood), spec.image, x)[0]};
}

std::vector<Scalar> excess_scores(const Model& model, const Dataset& data, ThreadPool& pool,
                                  const OnProgress& on_progress) {
  const NoiseRule rule = anomaly_rule(model.spec.latent_dim);
  std::vector<Scalar> out(static_cast<std::size_t>(data.size()));
  for_each_batch(data, pool, on_progress, [&](Index first, const Matrix& x) {
    AnomalyScratch scratch;
    const std::vector<double> scores = anomaly_scores(model, AnomalyMeasure::excess, x, rule, scratch);
    std::ranges::transform(scores, out.begin() + first, [](double score) { return static_cast<Scalar>(score); });
  });
  return out;
}

double typical_score(const Model& model, const Dataset& training, ThreadPool& pool, const OnProgress& on_progress) {
  Dataset some = training;
  const Index count = std::min(kTypicalImages, training.size());
  some.labels.resize(static_cast<std::size_t>(count));
  some.pixels.resize(static_cast<std::size_t>(count * training.shape.size()));
  const NoiseRule rule = anomaly_rule(model.spec.latent_dim);
  std::vector<double> parts(static_cast<std::size_t>(count));
  for_each_batch(some, pool, on_progress, [&](Index first, const Matrix& x) {
    AnomalyScratch scratch;
    const std::vector<double> scores = anomaly_scores(model, AnomalyMeasure::negative_elbo, x, rule, scratch);
    std::ranges::copy(scores, parts.begin() + first);
  });
  return std::accumulate(parts.begin(), parts.end(), 0.0) / static_cast<double>(count);
}

double Anomalies::auroc_of(std::size_t measure) const {
  return auroc(inlier_scores[measure].scores, outlier_scores[measure].scores);
}

double Anomalies::percentile_of_marked(std::size_t measure) const {
  std::vector<double> sorted = inlier_scores[measure].scores;
  std::ranges::sort(sorted);
  return percentile(sorted, (*marked)[measure]);
}

Anomalies against_class(const std::vector<MeasuredScores>& all, const std::vector<std::uint8_t>& labels, int label,
                        const std::string& name) {
  Anomalies out{"the other classes", name, all, all, {}, {}};
  for (std::size_t m = 0; m < all.size(); ++m) {
    out.inlier_scores[m].scores.clear();
    out.outlier_scores[m].scores.clear();
    for (std::size_t n = 0; n < all[m].scores.size(); ++n)
      (labels[n] == label ? out.outlier_scores : out.inlier_scores)[m].scores.push_back(all[m].scores[n]);
  }
  return out;
}

}  // namespace loom
