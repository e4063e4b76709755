#include "train/run_record.h"

#include <algorithm>
#include <array>

#include <algorithm>

#include "core/json/json_item.h"
#include "core/text.h"
#include "data/identity.h"
#include "nn/likelihood/likelihood.h"
#include "train/recipe_json.h"

namespace loom {

Json terms_json(const ElboSums& sums) {
  Json json;
  if (sums.images == 0) return json;
  json.set("reconstruction", sums.mean_reconstruction()).set("kl", sums.mean_kl());
  return json.set("negative_elbo", sums.mean_negative_elbo());
}

Json numbers_json(const std::vector<double>& values) {
  Json list{Json::Array{}};
  for (const double value : values) list.push(value);
  return list;
}

std::string run_record(const Recipe& recipe, const Dataset& data, const TrainState& state) {
  Json run;
  run.set("event", "run").set("recipe", recipe.name).set("dataset", data.name);
  if (const std::string part = part_text(data); !part.empty()) run.set("dataset_part", part);
  run.set("images_sha256", data.images_sha256).set("parameters", parameter_count(state.model));
  run.set("settings", recipe_json(recipe)).set("unit", text(find_likelihood(recipe.likelihood)->unit, " per image"));
  std::string lines = run.dump() + "\n";
  for (const EpochReport& report : state.history) {
    Json epoch;
    epoch.set("event", "epoch").set("epoch", report.epoch).set("training", terms_json(report.training));
    if (report.validation.images > 0) epoch.set("validation", terms_json(report.validation));
    epoch.set("seconds", report.seconds);
    if (report.seconds > 0) epoch.set("images_per_second", report.training.images / report.seconds);
    lines += epoch.dump() + "\n";
  }
  return lines;
}

Json evaluation_json(const Evaluation& e, const Model& model, const Dataset& data, std::uint64_t seed) {
  const Likelihood& likelihood = *find_likelihood(model.spec.likelihood);
  Json json;
  json.set("dataset", data.name).set("images", data.size()).set("images_sha256", data.images_sha256);
  if (const std::string part = part_text(data); !part.empty()) json.set("dataset_part", part);
  json.set("loss", likelihood.name).set("unit", text(likelihood.unit, " per image"));
  json.set("reconstruction", e.elbo.mean_reconstruction());
  if (model.spec.variational) {
    json.set("kl", e.elbo.mean_kl()).set("negative_elbo", e.elbo.mean_negative_elbo());
    json.set("samples_of_z", 1).set("seed", seed).set("sampling_error", e.sampling_error);
  }
  if (likelihood.name == "bernoulli")
    json.set("entropy_floor", e.entropy_floor).set("excess_over_floor", e.elbo.mean_negative_elbo() - e.entropy_floor);
  json.set("mse", e.mse).set("ssim", e.ssim);
  if (!e.kl_per_dimension.empty()) json.set("kl_per_dimension", numbers_json(e.kl_per_dimension));
  json.set("mu_variance", numbers_json(e.mu_variance));
  const auto active = std::ranges::count_if(e.mu_variance, [](double v) { return v > kActiveVariance; });
  if (model.spec.variational) json.set("active_units", active);
  return json;
}

void add_noise_figures(const Evaluation& e, const Noise& noise, Json& figures) {
  figures.set("noise", text(noise.kind->name, " ", noise.level));
  figures.set("noisy_mse", e.noisy_mse).set("denoised_mse", e.denoised_mse);
}

void add_pca_figures(const PrincipalComponents& pca, Json& figures) {
  Json ratios{Json::Array{}};
  for (Index k = 0; k < pca.variance.size(); ++k) ratios.push(pca.variance(k) / pca.total_variance);
  figures.set("explained_variance_ratio", std::move(ratios));
}

void add_repeats(const Json& repeats, Json& figures) {
  const auto value = [](const Json& of, std::string_view key) {
    const JsonItem item(of, "figures of a seed");
    const auto found = item.find(key);
    return found ? found->number() : item.at("reconstruction").number();
  };
  const std::string_view key = "negative_elbo";
  double sum = value(figures, key);
  Json list{Json::Array{}};
  list.push(sum);
  for (const Json& other : *repeats.as_array()) {
    list.push(value(other, key));
    sum += value(other, key);
  }
  const auto count = static_cast<double>(list.as_array()->size());
  figures.set("seeds_loss", std::move(list)).set("seeds_mean_loss", sum / count);
}

std::string data_text(const Dataset& data) {
  if (const DatasetIdentity* known = find_dataset(origin_name(data))) return std::string(known->title);
  return data.pack ? data.pack->origin.title : "own data";
}

bool is_as_named(const Recipe& recipe, const Dataset& training) {
  // Settings that the words of a recipe do not speak of.
  constexpr std::array kUnnamed{"epochs", "batch_size", "chunk_size", "seed", "validation_images", "learning_rate"};
  const auto named = std::ranges::find(recipes(), recipe.name, &Recipe::name);
  bool holds = named != recipes().end() && named->dataset == origin_name(training);
  const Json here = recipe_json(recipe), usual = holds ? recipe_json(*named) : Json();
  for (std::size_t i = 0; holds && i < here.as_object()->size(); ++i) {
    const auto& [name, value] = (*here.as_object())[i];
    holds = value == (*usual.as_object())[i].second || std::ranges::find(kUnnamed, name) != kUnnamed.end();
  }
  return holds;
}

std::string model_description(const Recipe& recipe, const Dataset& training) {
  if (is_as_named(recipe, training)) return recipe.what;
  const std::string kind = recipe.method == "pca"           ? "principal components"
                           : recipe.architecture == "dense" ? "fully connected "
                           : recipe.architecture == "conv"  ? "convolutional "
                                                            : recipe.architecture + " ";
  const char* network = recipe.method == "pca" ? "" : recipe.variational ? "variational autoencoder" : "autoencoder";
  return text(kind, network, " of ", data_text(training), " with ", recipe.latent_dim, " latent dimension",
              recipe.latent_dim == 1 ? "" : "s");
}

std::map<std::string, std::string> provenance(const Recipe& recipe, const Dataset& training, const Json& figures) {
  std::map<std::string, std::string> entries{
      {"recipe", recipe.name},
      {"description", model_description(recipe, training)},
      {"dataset", training.name},
      {"dataset_images_sha256", training.images_sha256},
      {"settings", recipe_json(recipe).dump()},
      {"seed", std::to_string(recipe.training.seed)},
  };
  if (find_dataset(origin_name(training))) entries["license"] = "MIT";  // the licence of other weights is their owner's
  if (const std::string part = part_text(training); !part.empty()) {
    entries["dataset_origin"] = origin_name(training);
    entries["dataset_part"] = part;
  }
  if (!figures.is_null()) entries["metrics"] = figures.dump();
  return entries;
}

void add_origin(const RunOrigin& origin, std::map<std::string, std::string>& entries) {
  if (origin.portable) entries["arithmetic"] = "portable";
  if (!origin.started_from.empty()) entries["started_from_sha256"] = origin.started_from;
  if (!origin.changes.is_null()) entries["changes"] = origin.changes.dump();
}

}  // namespace loom
