// Anomaly scores: how unusual an image is to a model. None of them is reliable, because generative models can assign
// images of other data sets a higher likelihood than their own (Nalisnick et al. 2019). So show several, and the
// percentile among known images. B images, P pixels.
#pragma once

#include <span>
#include <vector>

#include "analysis/bound/bound.h"

namespace loom {

enum class AnomalyMeasure { squared_error, negative_elbo, excess };

// The rule for scores everywhere (weight files, command line, page), so that they can be compared: 4 x 4 Gauss-Hermite
// nodes in two dimensions, 16 draws with a fixed seed in more than two.
NoiseRule anomaly_rule(Index dimensions);

struct AnomalyScratch {
  BoundScratch bound;
  Posterior posterior;
  Matrix picture;
};

// Scores of the images x (B, P); higher is more unusual:
//   squared_error  mean over pixels, for the reconstruction at z = mu
//   negative_elbo  averaged over the rule, nats
//   excess         negative_elbo - least_losses, nats: without the cost that every model has for grey or complex images
//                  (a correction for complexity, as in Serra et al. 2020)
// -log p(x) is a score as well: analysis/bound/evidence.h.
std::vector<double> anomaly_scores(const Model&, AnomalyMeasure, const Matrix& x, const NoiseRule&, AnomalyScratch&);

// The lowest loss that any decoder could reach for each image: that of outputs whose mean picture is the image itself.
// For Bernoulli pixels it is their entropy, for squared error 0. In the unit of the loss.
std::vector<double> least_losses(const Likelihood&, const ImageShape&, const Matrix& x);

// |score - mean of the scores of training images|, because an image can also be too likely (typicality: Nalisnick et
// al. 2019b).
double typicality(double score, double training_mean);

// Share of the sorted reference scores that lie below `score`, ties counted half: 0.99 means more unusual than 99 of
// 100. 0.5 if there are no reference scores.
double percentile(std::span<const double> sorted_reference, double score);

// Area under the ROC curve: the probability that a draw of `outliers` scores higher than a draw of `inliers`, ties
// counted half, exactly (Mann & Whitney 1947). Throws Error if either is empty or has a NaN.
double auroc(std::span<const double> inliers, std::span<const double> outliers);

struct Histogram {
  double low = 0, high = 1;  // range of all bins together
  std::vector<std::size_t> bins;  // values at or beyond the ends count in the outermost ones
};
Histogram histogram(std::span<const double> values, double low, double high, std::size_t bins);

}  // namespace loom
