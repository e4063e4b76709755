// Anomaly detection: how well several scores distinguish images like the training images from others.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/bound/bound.h"
#include "core/parallel.h"
#include "data/dataset.h"
#include "model/autoencoder.h"
#include "uses/on_progress.h"

namespace loom {

// Scores of images by one measure; higher means more unusual.
struct MeasuredScores {
  std::string name;   // as in JSON
  std::string title;  // for display
  std::string unit;
  std::vector<double> scores;  // one per image
};

// Scores of all images of the set, or of the first `limit`. Measures: squared error of the reconstruction; negative
// ELBO; excess, the negative ELBO minus the least loss of any decoder; typicality, the distance of the negative ELBO
// from `typical`; and, in two latent dimensions, the exact -log p(x).
std::vector<MeasuredScores> score_images(const Model&, const Dataset&, Index limit, double typical, ThreadPool&,
                                         const OnProgress& = {});

// The loss of one image in the unit of the model's likelihood (nats): the terms are means over q(z|x).
struct ImageLoss {
  double reconstruction = 0, kl = 0;
  double floor = 0;  // least reconstruction loss of any decoder (least_losses)

  double excess() const { return reconstruction + kl - floor; }
};

// The loss of the image x (1, P) under anomaly_rule, given its posterior. Its excess can be compared with the scores
// of the test images in a weight file, which are computed in the same way.
ImageLoss image_loss(const Model&, const Matrix& x, const Posterior&, BoundScratch&);

// The excess of every image, which a weight file stores for its test set.
std::vector<Scalar> excess_scores(const Model&, const Dataset&, ThreadPool&, const OnProgress& = {});

// The mean negative ELBO of some training images, the reference for typicality.
double typical_score(const Model&, const Dataset& training, ThreadPool&, const OnProgress& = {});

struct Anomalies {
  std::string inliers, outliers;  // for display: "Fashion-MNIST", "MNIST"
  std::vector<MeasuredScores> inlier_scores,
      outlier_scores;  // of normal images and of anomalies; the same measures in the same order
  std::optional<std::vector<double>> marked;  // scores of one more image, by measure; marked_words is its name
  std::string marked_words;

  double auroc_of(std::size_t measure) const;
  double percentile_of_marked(std::size_t measure) const;  // among the normal images, in [0, 1]
};

// The scores split by class: images of `label` are the anomalies, all others are normal.
Anomalies against_class(const std::vector<MeasuredScores>&, const std::vector<std::uint8_t>& labels, int label,
                        const std::string& name);

}  // namespace loom
