// The record of a run for people and plots: JSON lines beside the weight file, and the card of a finished model.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "model/pca.h"
#include "train/evaluate.h"
#include "train/recipes.h"
#include "train/trainer.h"

namespace loom {

// One JSON object per line: first the run (recipe, configuration, data, machine-independent), then one line per
// finished epoch. Written whole each time, so an interrupted run leaves no duplicate or torn line.
std::string run_record(const Recipe&, const Dataset&, const TrainState&);

// Figures of a model on a test set, as `loom evaluate --json` prints them and as they travel in a weight file. Terms in
// the unit of the loss per image. `seed` is that of the samples of z.
Json evaluation_json(const Evaluation&, const Model&, const Dataset&, std::uint64_t seed);

// More for such figures: what a denoising model does, how much variance principal components explain, and the negative
// ELBO of other seeds (a list of such figures) with the mean of all.
void add_noise_figures(const Evaluation&, const Noise&, Json& figures);
void add_pca_figures(const PrincipalComponents&, Json& figures);
void add_repeats(const Json& repeats, Json& figures);

// What goes into the weight file beside the model: recipe, data, configuration, figures. Contains no times and no
// paths, so that the same run gives the same bytes. `test_figures` may be null.
std::map<std::string, std::string> provenance(const Recipe&, const Dataset& training, const Json& test_figures);

// The model card (Mitchell et al. 2019) as Markdown. `file_name` without folders; `command` as it can be run again.
struct CardFacts {
  std::string file_name, command;
  std::size_t file_bytes = 0;
  std::string file_sha256;
  double seconds = 0;  // of training, all sessions
  int threads = 0;
};
std::string model_card(const Recipe&, const Dataset& training, const Model& shipped, const Json& test_figures,
                       const CardFacts&);

}  // namespace loom
