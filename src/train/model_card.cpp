#include "core/text.h"
#include "train/config_json.h"
#include "train/run_record.h"

namespace loom {
namespace {

std::string table_row(std::string_view name, std::string_view value) { return text("| ", name, " | ", value, " |\n"); }

std::string figure(const Json& figures, std::string_view key, int decimals) {
  for (const auto& [name, value] : *figures.as_object())
    if (name == key) return fixed_text(value.as_number().value_or(0), decimals);
  return "-";
}

std::string duration_text(double seconds) {
  const auto minutes = static_cast<long>(seconds / 60);
  return text(minutes, " min ", static_cast<long>(seconds) % 60, " s");
}

std::string figures_section(const Json* figures) {
  if (!figures) return "No test set was present when this model was trained, so it carries no test figures.\n";
  std::string out = "| figure | value |\n|---|---|\n";
  out += table_row("negative ELBO", figure(*figures, "negative_elbo", 2) + " nats per image");
  out += table_row("= reconstruction", figure(*figures, "reconstruction", 2) + " nats per image");
  out += table_row("+ KL", figure(*figures, "kl", 2) + " nats per image");
  out += table_row("entropy floor of the grey pixels", figure(*figures, "entropy_floor", 2) + " nats per image");
  out += table_row("excess over the floor", figure(*figures, "excess_over_floor", 2) + " nats per image");
  out += table_row("MSE at z = mu", figure(*figures, "mse", 5) + " per pixel");
  out += table_row("SSIM at z = mu", figure(*figures, "ssim", 4));
  return out + "\nOne sample of z per image; sums over pixels, means over images. No model can fall below the floor.\n";
}

}  // namespace

std::string model_card(const Recipe& recipe, const TrainConfig& config, const Dataset& training,
                       const TrainState& state, const Model& shipped, const Json* figures, const CardFacts& facts) {
  const DatasetIdentity* identity = find_dataset(training.name);
  const std::string data = identity ? std::string(identity->title) : "own data";
  std::string out =
      text("# ", recipe.name, "\n\nA ", recipe.what, ".\n\n## Made by\n\n```\n", facts.command, "\n```\n\n");
  out += "| fact | value |\n|---|---|\n";
  out += table_row("file", text(facts.file_name, ", ", facts.file_bytes, " bytes"));
  out += table_row("SHA-256", text("`", facts.file_sha256, "`"));
  out += table_row("weights", text(parameter_count(shipped)));
  out += table_row("multiply-adds", text("encoder ", static_cast<Index>(multiply_adds(shipped.encoder)), ", decoder ",
                                         static_cast<Index>(multiply_adds(shipped.decoder)), " per image"));
  out +=
      table_row("data", text(data, ", training images without the ", config.validation_images, " kept for validation"));
  out += table_row("SHA-256 of the training images", text("`", training.images_sha256, "`"));
  out += table_row("seed", text(config.seed));
  out += table_row("epochs", text(state.history.size()));
  out += table_row("wall time", text(duration_text(facts.seconds), " with ", facts.threads, " threads"));
  out += table_row("configuration", text("`", config_json(config).dump(), "`"));
  out += text("\n## Test figures\n\n", figures_section(figures));
  out +=
      "\n## Use\n\nMade to be looked at: to walk its latent space, to teach what autoencoders do, to try measures of "
      "latent spaces.\nIts pictures are blurred means of 28x28 grey photographs; it is no basis for decisions about "
      "products or people.\n\n";
  out = out.replace(out.find("28x28"), 5, text(training.shape.height, "x", training.shape.width));
  out += text("## Licence\n\nWeights: MIT. Data: ", data,
              identity && identity->name == "fashion-mnist" ? ", MIT, (c) 2017 Zalando SE (Xiao, Rasul & Vollgraf 2017)"
              : identity                                    ? ", CC BY-SA 3.0, Yann LeCun and Corinna Cortes"
                                                            : " (its own licence applies)",
              ".\n");
  return out;
}

}  // namespace loom
