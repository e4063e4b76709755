#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/bound/anomaly.h"
#include "analysis/bound/evidence.h"
#include "analysis/bound/refine.h"
#include "analysis/metric/picture_change.h"
#include "analysis/plane/latent_plane.h"
#include "cli/figures/analyse_figures.h"
#include "core/text.h"

namespace loom {
namespace {

constexpr Index kImages = 8;              // per task that decodes many places for each
constexpr int kRefineSteps = 60;
constexpr Scalar kRefineRate = 0.1f;
constexpr int kRefineNodes = 4;           // per axis; the result is scored with the full rule

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

struct ImageWork {
  const Model& model;
  const AnalyseOptions& options;
  ThreadPool& pool;
  Matrix x;  // (B, P)
  Posterior q;

  Index images() const { return x.rows(); }

  // Calls work(first, count) for groups of images.
  template <class Work>
  void in_groups(Work&& work) const {
    pool.run((images() + kImages - 1) / kImages,
             [&](Index task) { work(task * kImages, std::min(kImages, images() - task * kImages)); });
  }
};

Matrix rows_of(const Matrix& m, Index first, Index count) {
  return m.size() > 0 ? Matrix(m.middleRows(first, count)) : Matrix();
}

// One value per image from groups of images.
template <class Values>
std::vector<double> per_image(const ImageWork& work, Values&& values) {
  std::vector<double> all(static_cast<std::size_t>(work.images()));
  work.in_groups([&](Index first, Index count) {
    const std::vector<double> part = values(first, count);
    std::copy(part.begin(), part.end(), all.begin() + first);
  });
  return all;
}

std::vector<double> negative_elbos(const ImageWork& work, const Matrix& mu, const Matrix& logvar) {
  return per_image(work, [&](Index first, Index count) {
    const NoiseRule rule =
        default_rule(work.model.spec.latent_dim, count, static_cast<std::uint64_t>(first), work.options.seed);
    BoundScratch scratch;
    const BoundTerms terms = bound_terms(work.model, rows_of(work.x, first, count), rows_of(mu, first, count),
                                         rows_of(logvar, first, count), rule, scratch);
    std::vector<double> sums;
    for (std::size_t b = 0; b < terms.kl.size(); ++b) sums.push_back(terms.negative_elbo(b));
    return sums;
  });
}

std::vector<double> exact_evidence(const ImageWork& work) {
  const PlaneSet seen = plane_set(first_axes_plane(2), {work.q.mu, work.q.logvar, {}, {}});
  const DecoderTable table = evidence_table(work.model, seen.mu, seen.sigma);
  return per_image(work, [&](Index first, Index count) {
    EvidenceScratch scratch;
    const auto start = static_cast<std::size_t>(first), size = static_cast<std::size_t>(count);
    return log_evidence(work.model, table, rows_of(work.x, first, count), std::span(seen.mu).subspan(start, size),
                        std::span(seen.sigma).subspan(start, size), scratch);
  });
}

// Posteriors after gradient descent from the encoder's.
Posterior refined(const ImageWork& work) {
  const Index latent = work.model.spec.latent_dim;
  Posterior better = work.q;
  work.in_groups([&](Index first, Index count) {
    // Other draws than those of negative_elbos: scored on its own draws, the descent would seem to gain more.
    const NoiseRule rule = latent <= 2
                               ? gauss_hermite_rule(kRefineNodes, latent)
                               : default_rule(latent, count, static_cast<std::uint64_t>(first), work.options.seed + 1);
    Refinement r = begin_refinement(rows_of(work.q.mu, first, count), rows_of(work.q.logvar, first, count));
    RefineScratch scratch;
    const Matrix x = rows_of(work.x, first, count);
    for (int step = 0; step <= kRefineSteps; ++step) refine_step(r, work.model, x, rule, kRefineRate, scratch);
    better.mu.middleRows(first, count) = r.mu;
    better.logvar.middleRows(first, count) = r.logvar;
  });
  return better;
}

void add_gaps(std::vector<Figure>& figures, const std::string& name, const std::vector<double>& log_p,
              const std::vector<double>& negative_elbo, const std::string& what) {
  std::vector<double> gaps;
  for (std::size_t b = 0; b < log_p.size(); ++b) gaps.push_back(log_p[b] + negative_elbo[b]);
  figures.push_back({name + "_mean", mean_of(gaps), 3, "nats, " + what});
  figures.push_back({name + "_least", quantile(gaps, 0), 3, "nats, of all images; below 0 only by rounding"});
  figures.push_back({name + "_median", quantile(gaps, 0.5), 3, "nats"});
  figures.push_back({name + "_90", quantile(gaps, 0.9), 3, "nats; nine in ten images have less"});
  figures.push_back({name + "_99", quantile(gaps, 0.99), 2, "nats; 99 of 100 images have less"});
  figures.push_back({name + "_worst", quantile(gaps, 1), 2, "nats"});
}

}  // namespace

std::vector<FigureSection> image_figures(const Model& model, const Dataset& data, const AnalyseOptions& options,
                                         ThreadPool& pool) {
  ImageWork work{model, options, pool, {}, {}};
  std::vector<Index> chosen(static_cast<std::size_t>(std::min(options.images, data.size())));
  std::iota(chosen.begin(), chosen.end(), Index{0});
  work.x.resize(static_cast<Index>(chosen.size()), data.shape.size());
  fill_images(data, chosen, MatrixMap(work.x.data(), work.x.rows(), work.x.cols()));
  Workspace workspace;
  encode(model, work.x, workspace, work.q);

  FigureSection section{"images", text("the first ", chosen.size(), " test images of ", data.name), {}, {}, {}};
  std::vector<Figure>& figures = section.figures;
  const Likelihood& likelihood = *find_likelihood(model.spec.likelihood);
  if (likelihood.unit != "nats")
    section.lines.push_back(text("this loss is not -log p(x|z) but ", likelihood.what,
                                 ": log p and its bounds are those of exp(-loss), up to a constant"));
  section.more.set("images", work.images()).set("dataset", data.name);
  const std::vector<double> elbo = negative_elbos(work, work.q.mu, work.q.logvar);
  const std::vector<double> least = least_losses(likelihood, model.spec.image, work.x);
  figures.push_back({"negative_elbo", mean_of(elbo), 3, "nats per image, expectation over q(z|x)"});
  figures.push_back({"least_loss", mean_of(least), 3, "nats per image; no decoder can reach less"});
  if (work.q.logvar.size() == 0) return {section};

  const std::vector<double> iwae = per_image(work, [&](Index first, Index count) {
    BoundScratch scratch;
    return iwae_bound(model, rows_of(work.x, first, count), rows_of(work.q.mu, first, count),
                      rows_of(work.q.logvar, first, count), options.iwae, options.seed,
                      static_cast<std::uint64_t>(first), scratch);
  });
  figures.push_back(
      {text("iwae_", options.iwae), mean_of(iwae), 3, "nats, lower bound on log p(x) by importance sampling"});
  const Posterior better = refined(work);
  const std::vector<double> after = negative_elbos(work, better.mu, better.logvar);
  figures.push_back({"refined_negative_elbo", mean_of(after), 3,
                     text("nats per image, after ", kRefineSteps, " gradient steps on mu and logvar")});
  if (model.spec.latent_dim == 2) {
    const std::vector<double> exact = exact_evidence(work);
    figures.push_back({"log_p", mean_of(exact), 2, "nats, log p(x), integrated until it changes by less than 0.005"});
    add_gaps(figures, "gap", exact, elbo, "KL(q(z|x) || p(z|x)) = log p(x) + negative_elbo");
    add_gaps(figures, "gap_refined", exact, after,
             "the same after the gradient steps: what no Gaussian near mu can reach");
    std::vector<double> missing;
    for (std::size_t b = 0; b < exact.size(); ++b) missing.push_back(exact[b] - iwae[b]);
    figures.push_back({"gap_iwae_worst", quantile(missing, 1), 2, "nats, log p(x) - iwae for the worst image"});
  }
  return {section};
}

}  // namespace loom
