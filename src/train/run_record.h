// The record of a run, as JSON lines beside the weight file, for reading and plotting; and the model card of a finished
// model.
#pragma once

#include <string>
#include <string_view>

#include "core/json/json.h"
#include "model/pca.h"
#include "train/evaluate.h"
#include "train/recipes.h"
#include "train/trainer.h"

namespace loom {

// {"reconstruction", "kl", "negative_elbo"}, means per image; null if there are no images.
Json terms_json(const ElboSums&);
Json numbers_json(const std::vector<double>&);

// One JSON object per line: first the run (recipe, configuration and data, nothing about the machine), then one line
// per finished epoch. The file is rewritten as a whole each time, so an interrupted run leaves no duplicate or partial
// line.
std::string run_record(const Recipe&, const Dataset&, const TrainState&);

// Metrics of a model on a test set, as `loom evaluate --json` prints them and as a weight file stores them. Loss terms
// are in the unit of the loss, per image. `seed` is that of the samples of z.
Json evaluation_json(const Evaluation&, const Model&, const Dataset&, std::uint64_t seed);

// These functions add to such metrics: the errors before and after denoising; the variance that the principal
// components explain; the negative ELBO for other seeds (`repeats`, a list of such metrics) and the mean over all
// seeds.
void add_noise_figures(const Evaluation&, const Noise&, Json& figures);
void add_pca_figures(const PrincipalComponents&, Json& figures);
void add_repeats(const Json& repeats, Json& figures);

// The metadata of a weight file beside the model: recipe, data, configuration, metrics. Contains no times and no paths,
// so that the same run gives the same bytes. For a part of a published data set, from a pack, "dataset" is custom,
// "dataset_origin" names the published set and "dataset_part" describes the part. `test_figures` may be JSON null.
std::map<std::string, std::string> provenance(const Recipe&, const Dataset& training, const Json& test_figures);

// What else determines the weights: arithmetic (core/arithmetic.h), the initial weights from a weight file (its
// SHA-256, or empty), and the settings changed during the run (train/session/history.h, or null). Ordinary runs add no
// entry.
struct RunOrigin {
  bool portable = false;
  std::string started_from = {};
  Json changes = {};
};
void add_origin(const RunOrigin&, std::map<std::string, std::string>& entries);

// What the model is, in one line. If the recipe's own words hold for these settings and data, these; else words made
// from them: "fully connected variational autoencoder of own data with 5 latent dimensions".
std::string model_description(const Recipe&, const Dataset& training);

// Whether the recipe's own words hold for these settings and data.
bool is_as_named(const Recipe&, const Dataset& training);

// The name of the data: that of the published set that they are from, the title of a pack, or "own data".
std::string data_text(const Dataset&);

// Facts for the model card: `file_name` without folders; `command` is the command line that repeats the run.
struct CardFacts {
  std::string file_name, command;
  std::size_t file_bytes = 0;
  std::string file_sha256;
  double seconds = 0;  // of training, all sessions
  int threads = 0;
  int epochs_done = -1;  // if the run is not finished
  Index first = 0;  // training used the first images only; 0: all
  std::string warning = {};  // a sentence about the figures without its full stop; may be empty
};
// The model card (Mitchell et al. 2019) as Markdown.
std::string model_card(const Recipe&, const Dataset& training, const Model& shipped, const Json& test_figures,
                       const CardFacts&);

}  // namespace loom
