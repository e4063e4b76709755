#include <span>

#include "core/json/json_item.h"
#include "core/text.h"
#include "data/identity.h"
#include "train/recipe_json.h"
#include "train/run_record.h"

namespace loom {
namespace {

std::string table_row(std::string_view name, std::string_view value) { return text("| ", name, " | ", value, " |\n"); }

std::string capital(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

std::string duration_text(double seconds) {
  const auto minutes = static_cast<long>(seconds / 60);
  if (minutes == 0) return text(static_cast<long>(seconds), " s");
  return text(minutes, " min ", static_cast<long>(seconds) % 60, " s");
}

// How a metric is presented: its key in the JSON, its name, decimals, unit ("" for that of the loss).
struct Row {
  std::string_view key, words;
  int decimals;
  std::string_view unit;
};
constexpr Row kRows[] = {
    {"negative_elbo", "negative ELBO", 2, ""},
    {"reconstruction", "reconstruction", 2, ""},
    {"kl", "KL", 2, ""},
    {"entropy_floor", "entropy floor of the grey pixels", 2, ""},
    {"excess_over_floor", "excess over the floor", 2, ""},
    {"seeds_mean_loss", "mean over the seeds", 2, ""},
    {"active_units", "active units (variance of mu above 0.01)", 0, "dimensions"},
    {"smoothness_mean", "change of the picture per 0.01 of z, mean", 5, "RMS grey value"},
    {"smoothness_worst", "change of the picture per 0.01 of z, worst of 2,000 draws of the prior", 5, "RMS grey value"},
    {"mse", "MSE at z = mu", 5, "per pixel"},
    {"ssim", "SSIM at z = mu", 4, ""},
    {"noisy_mse", "MSE of the noisy image", 5, "per pixel"},
    {"denoised_mse", "MSE of its reconstruction", 5, "per pixel"},
};

// Metrics over those images that `loom analyse` examines individually.
constexpr Row kImageRows[] = {
    {"negative_elbo", "negative ELBO, expected over q", 2, ""},
    {"refined_negative_elbo", "the same after 60 gradient steps on mu and logvar", 2, ""},
    {"log_p", "log p(x), by quadrature", 2, ""},
    {"gap_mean", "KL(q(z\\|x) ‖ p(z\\|x)), what the encoder misses: mean", 2, ""},
    {"gap_median", "median", 2, ""},
    {"gap_90", "90 % of the images miss less than", 2, ""},
    {"gap_99", "99 % of the images miss less than", 1, ""},
    {"gap_worst", "worst image", 1, ""},
    {"gap_refined_mean", "mean after the gradient steps", 2, ""},
};

std::string rows_text(const JsonItem& item, std::span<const Row> rows, const std::string& unit) {
  std::string out = "| figure | value |\n|---|---|\n";
  for (const Row& row : rows) {
    const auto value = item.find(row.key);
    if (!value) continue;
    const std::string words =
        row.key == "ssim" ? std::string() : " " + (row.unit.empty() ? unit : std::string(row.unit));
    out += table_row(row.words, fixed_text(value->number(), row.decimals) + words);
  }
  return out;
}

std::string list_text(const JsonItem& list, int decimals) {
  std::string out;
  for (const JsonItem& value : list.elements())
    out += text(out.empty() ? "" : ", ", fixed_text(value.number(), decimals));
  return out;
}

std::string figures_section(const Json& figures, const std::string& file) {
  if (figures.is_null()) return "No test set was present when this model was trained, so it carries no test figures.\n";
  const JsonItem item(figures, "figures");
  const std::string& unit = item.at("unit").string();
  std::string out = rows_text(item, kRows, unit);
  if (const auto seeds = item.find("seeds_loss")) out += table_row("each seed", list_text(*seeds, 2));
  if (const auto ratios = item.find("explained_variance_ratio"))
    out += table_row("explained variance ratio", list_text(*ratios, 4));
  if (const auto noise = item.find("noise")) out += table_row("noise", noise->string());
  out += "\nSums over pixels, means over images";
  if (item.find("negative_elbo")) out += ", one sample of z per image";
  if (const auto error = item.find("sampling_error"))
    out += text(" (standard error of the losses: ", fixed_text(error->number(), 2), ")");
  out += item.find("entropy_floor") ? ". No model can fall below the floor.\n" : ".\n";
  out += text("`loom evaluate ", file, " --data DIR` prints the losses, MSE and SSIM");
  out += item.find("smoothness_mean") ? text(", `loom analyse ", file, "` the units and the change.\n")
                                      : std::string(".\n");
  if (const auto images = item.find("first_images"))
    out += text("\nOn the first ", images->at("images").integer(), " test images:\n\n",
                rows_text(*images, kImageRows, unit), "\n`loom analyse ", file, " --data DIR --images ",
                images->at("images").integer(), "` prints these.\n");
  return out;
}

// ", MIT, (c) 2017 Zalando SE"
std::string licence_text(const Dataset& data) {
  const auto parts = [](std::string_view licence, std::string_view source) {
    return text(", ", licence, source.empty() ? "" : ", ", source);
  };
  if (const DatasetIdentity* known = find_dataset(origin_name(data))) return parts(known->licence, known->source);
  if (data.pack && !data.pack->origin.licence.empty())
    return parts(data.pack->origin.licence, data.pack->origin.source);
  return " (its own licence applies)";
}

}  // namespace

std::string model_card(const Recipe& recipe, const Dataset& training, const Model& shipped, const Json& figures,
                       const CardFacts& facts) {
  const TrainConfig& config = recipe.training;
  const bool trained = recipe.method == "gradient";
  const std::string data = data_text(training), stem = facts.file_name.substr(0, facts.file_name.rfind('.'));
  std::string out =
      text("# ", is_as_named(recipe, training) ? recipe.name : stem, "\n\n",
           capital(model_description(recipe, training)), ".\n\n## Made by\n\n```\n", facts.command, "\n```\n\n");
  out += "| fact | value |\n|---|---|\n";
  out += table_row("file", text(facts.file_name, ", ", facts.file_bytes, " bytes"));
  out += table_row("SHA-256", text("`", facts.file_sha256, "`"));
  out += table_row("weights", text(parameter_count(shipped)));
  out += table_row("multiply-adds", text("encoder ", static_cast<Index>(multiply_adds(shipped.encoder)), ", decoder ",
                                         static_cast<Index>(multiply_adds(shipped.decoder)), " per image"));
  const std::string part = part_text(training);
  const std::string first = facts.first > 0 ? text("the first ", facts.first, " ") : std::string();
  const bool validated = config.validation_images > 0;
  if (part.empty())
    out += table_row("data", validated ? text(data, ", ", first, "training images without the ",
                                              config.validation_images, " kept for validation")
                                       : text(data, ", ", first.empty() ? "all " : first, "training images"));
  else
    out += table_row("data",
                     text(part, first.empty() ? "" : text("; ", first, "of them"),
                          validated ? text("; ", config.validation_images, " of them are kept for validation") : ""));
  out += table_row("SHA-256 of the training images", text("`", training.images_sha256, "`"));
  if (trained) {
    out += table_row("seed", text(config.seed));
    const bool finished = facts.epochs_done < 0 || facts.epochs_done >= config.epochs;
    out += table_row("epochs", finished ? text(config.epochs) : text(facts.epochs_done, " of ", config.epochs));
  }
  out += table_row("wall time", text(duration_text(facts.seconds), " with ", facts.threads, " threads"));
  out += table_row("settings", text("`", recipe_json(recipe).dump(), "`"));
  out += text("\n## Test figures\n\n", figures_section(figures, facts.file_name));
  if (!facts.warning.empty()) out += text("\nWarning: ", facts.warning, ".\n");
  const bool published = find_dataset(origin_name(training)) != nullptr;
  out += "\n## Use\n\n";
  if (published)
    out +=
        text(recipe.use, "\nIntended use: teaching what autoencoders do, and trying out measures of latent spaces.\n");
  out += text("The model draws blurred averages of its ", training.shape.height, "x", training.shape.width,
              " grey training images. Do not base decisions about products or people on it.\n\n");
  out += text("## Licence\n\nWeights: ", published ? "MIT" : "not stated", ". Data: ", data, licence_text(training),
              ".\n");
  return out;
}

}  // namespace loom
