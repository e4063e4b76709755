// How unusual an image is to a model. None of these scores is safe: generative models can find images of other data
// sets likelier than their own (Nalisnick et al. 2019), so show several, and where among known images a score lies.
// B images, P pixels.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/bound.h"
#include "analysis/quadrature.h"

namespace loom {

enum class AnomalyMeasure { squared_error, negative_elbo, excess, exact };

struct AnomalyMeasureRow {
  AnomalyMeasure measure;
  std::string_view name;  // as in files and options
  std::string_view unit;
  std::string_view what;  // one line for people
};
std::span<const AnomalyMeasureRow> anomaly_measures();

// The rule under which scores are taken everywhere, in weight files, command line and page, so that they compare:
// 4 x 4 Gauss-Hermite nodes in two dimensions, 16 draws of a fixed seed in more than two.
NoiseRule anomaly_rule(Index dimensions);

struct AnomalyScratch {
  BoundScratch bound;
  Posterior posterior;
  Matrix picture;
};

// Scores of the images x (B, P), the higher the stranger:
//   squared_error  mean over pixels, picture at z = mu
//   negative_elbo  averaged over the rule, nats
//   excess         negative_elbo - least_losses: without what any model would pay for grey or busy images (a correction
//                  for complexity in the sense of Serra et al. 2020), nats
//   exact          -log p(x) from a filled table, nats
// Throws Error for `exact` without a complete table; others ignore it.
std::vector<double> anomaly_scores(const Model&, AnomalyMeasure, const Matrix& x, const NoiseRule&,
                                   const DecoderTable* table, AnomalyScratch&);

// The lowest loss that any decoder could reach for each image: at the outputs whose mean picture is the image. For
// Bernoulli pixels it is their entropy, for squared error 0. Nats.
std::vector<double> least_losses(const Likelihood&, const ImageShape&, const Matrix& x);

// |score - mean of the scores of training images|: an image can be too likely as well (typicality: Nalisnick et al.
// 2019b).
double typicality(double score, double training_mean);

// Share of the sorted reference that lies below the score, equal ones half: 0.99 is stranger than 99 of 100. 0.5
// without a reference.
double percentile(std::span<const double> sorted_reference, double score);

// Probability that a draw of `strange` has a higher score than a draw of `usual`, equal ones half: the area under the
// ROC curve, exactly (Mann & Whitney 1947). Throws Error if either is empty or has a NaN.
double auroc(std::span<const double> usual, std::span<const double> strange);

struct Histogram {
  double low = 0, high = 1;  // of all bins
  std::vector<std::size_t> bins;  // values at or beyond the ends count in the outermost ones
};
Histogram histogram(std::span<const double> values, double low, double high, std::size_t bins);

}  // namespace loom
