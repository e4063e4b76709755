#include "analysis/bound/anomaly.h"

#include <algorithm>
#include <cmath>

#include "analysis/bound/pixel_terms.h"
#include "core/error.h"

namespace loom {
namespace {

std::vector<double> squared_errors(const Model& model, const Matrix& x, AnomalyScratch& s) {
  decode(model, s.posterior.mu, s.bound.workspace, s.picture);
  std::vector<double> errors;
  for (Index b = 0; b < x.rows(); ++b)
    errors.push_back(static_cast<double>((s.picture.row(b) - x.row(b)).squaredNorm()) / static_cast<double>(x.cols()));
  return errors;
}

// Finds outputs whose mean picture is x, by bisection, because the mean increases with the output. Where it is
// constant, at the ends of a clipped picture, `above` chooses the end of the range of outputs. Loops instead of Eigen
// expressions keep the module loom-core small, as in ssim.cpp.
Matrix outputs_of(const Likelihood& likelihood, const Matrix& x, bool above) {
  constexpr Scalar kEnd = 30;
  Matrix low(x.rows(), x.cols()), high = low, middle = low, picture;
  std::fill_n(low.data(), low.size(), -kEnd), std::fill_n(high.data(), high.size(), kEnd);
  const auto halve = [&] {
    for (Index i = 0; i < x.size(); ++i) middle.data()[i] = (low.data()[i] + high.data()[i]) / 2;
  };
  for (int step = 0; step < 30; ++step) {
    halve();
    likelihood.mean(middle, picture);
    for (Index i = 0; i < x.size(); ++i) {
      const Scalar found = picture.data()[i], wanted = x.data()[i];
      (found < wanted || (above && found == wanted) ? low : high).data()[i] = middle.data()[i];
    }
  }
  halve();
  return middle;
}

}  // namespace

NoiseRule anomaly_rule(Index dimensions) {
  constexpr int kNodes = 4;
  constexpr Index kDraws = 16;
  constexpr std::uint64_t kSeed = 5;
  return dimensions <= 2 ? gauss_hermite_rule(kNodes, dimensions)
                         : sampled_rule(kDraws, dimensions, Rng(kSeed, Stream::posterior));
}

std::vector<double> anomaly_scores(const Model& model, AnomalyMeasure measure, const Matrix& x, const NoiseRule& rule,
                                   AnomalyScratch& s) {
  std::vector<double> scores;
  encode(model, x, s.bound.workspace, s.posterior);
  if (measure == AnomalyMeasure::squared_error) return squared_errors(model, x, s);
  const BoundTerms terms = bound_terms(model, x, s.posterior.mu, s.posterior.logvar, rule, s.bound);
  for (std::size_t b = 0; b < terms.kl.size(); ++b) scores.push_back(terms.negative_elbo(b));
  if (measure == AnomalyMeasure::excess) {
    const std::vector<double> least = least_losses(*find_likelihood(model.spec.likelihood), model.spec.image, x);
    for (std::size_t b = 0; b < scores.size(); ++b) scores[b] -= least[b];
  }
  return scores;
}

std::vector<double> least_losses(const Likelihood& likelihood, const ImageShape& shape, const Matrix& x) {
  Matrix nearest = outputs_of(likelihood, x, false);
  const Matrix from_above = outputs_of(likelihood, x, true);
  for (Index i = 0; i < x.size(); ++i)
    if (!(std::abs(nearest.data()[i]) < std::abs(from_above.data()[i]))) nearest.data()[i] = from_above.data()[i];
  return row_losses(likelihood, shape, nearest, x);
}

double typicality(double score, double training_mean) { return std::abs(score - training_mean); }

double percentile(std::span<const double> sorted, double score) {
  if (sorted.empty()) return 0.5;
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), score);
  return (static_cast<double>(first - sorted.begin()) + static_cast<double>(last - sorted.begin())) /
         (2 * static_cast<double>(sorted.size()));
}

double auroc(std::span<const double> inliers, std::span<const double> outliers) {
  const auto bad = [](std::span<const double> scores) {
    return scores.empty() || std::any_of(scores.begin(), scores.end(), [](double x) { return std::isnan(x); });
  };
  if (bad(inliers) || bad(outliers)) fail("auroc: scores are missing or not a number");
  std::vector<double> sorted(inliers.begin(), inliers.end());
  std::sort(sorted.begin(), sorted.end());
  double sum = 0;
  for (const double score : outliers) sum += percentile(sorted, score);
  return sum / static_cast<double>(outliers.size());
}

Histogram histogram(std::span<const double> values, double low, double high, std::size_t bins) {
  Histogram h{low, high, std::vector<std::size_t>(bins, 0)};
  if (bins == 0 || !(high > low)) return h;
  const double last = static_cast<double>(bins - 1);
  for (const double value : values)
    ++h.bins[static_cast<std::size_t>(std::clamp((value - low) / (high - low) * static_cast<double>(bins), 0.0, last))];
  return h;
}

}  // namespace loom
