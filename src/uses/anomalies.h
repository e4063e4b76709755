// How well a model tells images of its own kind from others: scores of two sets of images, by several measures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/parallel.h"
#include "data/dataset.h"
#include "model/autoencoder.h"
#include "uses/on_progress.h"

namespace loom {

// Scores of images by one measure, the higher the stranger.
struct MeasuredScores {
  std::string name;   // as in JSON
  std::string title;  // for people
  std::string unit;
  std::vector<double> scores;  // one per image
};

// Scores of all images of the set, or of the first `limit`. Measures: squared error of the reconstruction; negative
// ELBO; excess, without what any model would pay for the image; typicality, the distance of the negative ELBO from
// `typical`; and, in two latent dimensions, the exact -log p(x).
std::vector<MeasuredScores> score_images(const Model&, const Dataset&, Index limit, double typical, ThreadPool&,
                                         const OnProgress& = {});

// AnomalyMeasure::excess of every image under anomaly_rule: what a weight file keeps of its test set.
std::vector<Scalar> excess_scores(const Model&, const Dataset&, ThreadPool&, const OnProgress& = {});

// The mean negative ELBO of some training images, which typicality is measured from.
double typical_score(const Model&, const Dataset& training, ThreadPool&, const OnProgress& = {});

struct Anomalies {
  std::string inliers, outliers;  // for people: "Fashion-MNIST", "MNIST"
  std::vector<MeasuredScores> usual, strange;  // the same measures in the same order
  std::optional<std::vector<double>> marked;   // scores of one image, and what it is
  std::string marked_words;

  double auroc_of(std::size_t measure) const;
  double percentile_of_marked(std::size_t measure) const;  // among the usual ones, in [0, 1]
};

// The same scores cut by class: images of `label` are the strange ones, all others usual.
Anomalies against_class(const std::vector<MeasuredScores>&, const std::vector<std::uint8_t>& labels, int label,
                        const std::string& name);

}  // namespace loom
