#include "train/run_record.h"

#include "train/config_json.h"

namespace loom {
namespace {

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

}  // namespace

std::string run_record(const Recipe& recipe, const TrainConfig& config, const Dataset& data, const TrainState& state) {
  Json run;
  run.set("event", "run").set("recipe", recipe.name).set("dataset", data.name);
  run.set("images_sha256", data.images_sha256).set("parameters", parameter_count(state.model));
  run.set("config", config_json(config)).set("unit", "nats per image");
  std::string lines = run.dump() + "\n";
  for (const EpochReport& report : state.history) {
    Json epoch;
    epoch.set("event", "epoch").set("epoch", report.epoch).set("training", terms_json(report.training));
    if (report.validation.images > 0) epoch.set("validation", terms_json(report.validation));
    epoch.set("seconds", report.seconds);
    epoch.set("images_per_second", report.training.images / report.seconds);
    lines += epoch.dump() + "\n";
  }
  return lines;
}

Json evaluation_json(const Evaluation& e, const Dataset& data, std::uint64_t seed) {
  Json json;
  json.set("dataset", data.name).set("images", data.size()).set("images_sha256", data.images_sha256);
  json.set("unit", "nats per image").set("samples_of_z", 1).set("seed", seed);
  json.set("reconstruction", e.elbo.mean_reconstruction()).set("kl", e.elbo.mean_kl());
  json.set("negative_elbo", e.elbo.mean_negative_elbo()).set("entropy_floor", e.entropy_floor);
  json.set("excess_over_floor", e.elbo.mean_negative_elbo() - e.entropy_floor);
  json.set("mse", e.mse).set("ssim", e.ssim);
  if (!e.kl_per_dimension.empty()) json.set("kl_per_dimension", numbers_json(e.kl_per_dimension));
  return json.set("mu_variance", numbers_json(e.mu_variance));
}

std::map<std::string, std::string> provenance(const Recipe& recipe, const TrainConfig& config, const Dataset& training,
                                              const Json* test_figures) {
  std::map<std::string, std::string> entries{
      {"recipe", recipe.name},
      {"description", recipe.what},
      {"dataset", training.name},
      {"dataset_images_sha256", training.images_sha256},
      {"config", config_json(config).dump()},
      {"seed", std::to_string(config.seed)},
      {"license", "MIT"},
  };
  if (test_figures) entries["metrics"] = test_figures->dump();
  return entries;
}

}  // namespace loom
