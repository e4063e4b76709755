// A model with what the explorer works out once per file: its test set on the plane, indexes, order of drawing.
#pragma once

#include <string>
#include <vector>

#include "analysis/aggregate_posterior.h"
#include "explorer/view.h"
#include "model/checkpoint.h"

namespace loom {

struct LoadedModel {
  std::string id;  // of its catalogue entry
  ModelFile file;

  // The encoded test set on the plane of the first two latent axes. sigma is empty for a plain autoencoder.
  std::vector<Point> mu, sigma;
  std::vector<std::uint32_t> draw_order;  // shuffled, so that no class hides another
  PointIndex index;                       // of mu
  AggregatePosterior posterior;
  std::vector<std::string> class_names;  // one for every label that occurs
  std::vector<Point> class_centers;      // medians of mu
  View home;                             // shows nearly all points and the prior

  bool variational() const { return file.model.spec.variational; }
  Index latent_dim() const { return file.model.spec.latent_dim; }
};

LoadedModel make_loaded_model(ModelFile file, std::string id);

}  // namespace loom
