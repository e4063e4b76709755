// What a page shows of a run: its losses and, after each epoch, how much each latent dimension is used.
#pragma once

#include <vector>

#include "core/json/json_item.h"
#include "model/checkpoint.h"
#include "train/trainer.h"

namespace loom {

// After an epoch, of the watched images: nats per image, and the variance of mu over images (train/evaluate.h). Empty
// KL for a plain autoencoder.
struct EpochUnits {
  std::vector<double> kl_per_dimension, mu_variance;
};
EpochUnits epoch_units(const EncodedSet&);

// A setting changed while the run was in progress.
struct Change {
  std::int64_t step = 0;  // steps done before
  std::string setting;    // "beta" or "learning_rate"
  double value = 0;
};

// Mean entropy of the grey pixels of the chosen images, nats per image: no Bernoulli loss can be lower (0 for images
// that are only black and white).
double entropy_floor(const Dataset&, std::span<const Index> images);

// A finished epoch: epoch, training and validation (terms_json of train/run_record.h), seconds and, if `units` is not
// null, active_units, kl_per_dimension and mu_variance.
Json epoch_json(const EpochReport&, const EpochUnits* units);

// A list of these. `units` has one entry per epoch.
Json epochs_json(const std::vector<EpochReport>&, const std::vector<EpochUnits>& units);

// [{"step": 300, "beta": 4}, ...] and back.
Json changes_json(const std::vector<Change>&);
std::vector<Change> changes_from_json(const JsonItem&);

// For the state of an interrupted run.
Json units_json(const std::vector<EpochUnits>&);
std::vector<EpochUnits> units_from_json(const JsonItem&);

}  // namespace loom
