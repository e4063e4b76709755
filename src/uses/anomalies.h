// Anomaly detection: how well scores of several kinds tell images like the training images from others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/bound.h"
#include "core/parallel.h"
#include "data/dataset.h"
#include "model/autoencoder.h"
#include "uses/on_progress.h"

namespace loom {

// Scores of images by one measure; the higher, the more unusual.
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

// What one image costs the model, in the unit of its loss (nats): the terms are means over q(z|x).
struct ImageLoss {
  double reconstruction = 0, kl = 0;
  double floor = 0;  // what the best of all models would pay for the image (least_losses)

  double excess() const { return reconstruction + kl - floor; }
};

// Under anomaly_rule, from the image x (1, P) and its posterior: the excess is the score that a weight file keeps of
// its test images, so the two compare.
ImageLoss image_loss(const Model&, const Matrix& x, const Posterior&, BoundScratch&);

// The excess of every image: what a weight file keeps of its test set.
std::vector<Scalar> excess_scores(const Model&, const Dataset&, ThreadPool&, const OnProgress& = {});

// The mean negative ELBO of some training images, which typicality is measured from.
double typical_score(const Model&, const Dataset& training, ThreadPool&, const OnProgress& = {});

struct Anomalies {
  std::string inliers, outliers;  // for people: "Fashion-MNIST", "MNIST"
  std::vector<MeasuredScores> usual, strange;  // of normal images and of anomalies; the same measures in the same order
  std::optional<std::vector<double>> marked;  // scores of one more image, and its name
  std::string marked_words;

  double auroc_of(std::size_t measure) const;
  double percentile_of_marked(std::size_t measure) const;  // among the normal ones, in [0, 1]
};

// The scores split by class: images of `label` are the anomalies, all others are normal.
Anomalies against_class(const std::vector<MeasuredScores>&, const std::vector<std::uint8_t>& labels, int label,
                        const std::string& name);

}  // namespace loom
