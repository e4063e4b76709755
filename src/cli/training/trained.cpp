#include "cli/training/trained.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <span>

#include "analysis/bound/latent_units.h"
#include "cli/common.h"
#include "cli/figures/analyse_figures.h"
#include "cli/waiting.h"
#include "core/arithmetic.h"
#include "core/files/file.h"
#include "core/files/sha256.h"
#include "train/evaluate.h"
#include "uses/anomalies.h"

namespace loom {
namespace {

// Figures of the latent space that a card lists, by their keys in `loom analyse`.
constexpr std::string_view kMapFigures[] = {"smoothness_mean", "smoothness_worst"};
constexpr std::string_view kImageFigures[] = {
    "negative_elbo", "refined_negative_elbo", "log_p", "gap_mean", "gap_median", "gap_90", "gap_99",
    "gap_worst",     "gap_refined_mean"};
constexpr Index kCardImages = 500;  // for those that integrate or descend image by image

void add_chosen(const std::vector<FigureSection>& sections, std::span<const std::string_view> keys, Json& out) {
  for (const FigureSection& section : sections)
    for (const Figure& figure : section.figures)
      if (std::ranges::find(keys, figure.key) != std::end(keys)) out.set(figure.key, figure.value);
}

void add_latent_figures(const Task& task, const Model& model, Json& figures) {
  AnalyseOptions options;
  options.images = std::min(kCardImages, task.test->size());
  if (!model.spec.variational) return;  // nothing says where its codes lie, so there is nothing to draw z from
  add_chosen(map_figures(model, options, task.pool), kMapFigures, figures);
  Json images;
  images.set("images", options.images);
  add_chosen(image_figures(model, *task.test, options, task.pool), kImageFigures, images);
  figures.set("first_images", std::move(images));
}

Json test_figures(const Task& task, const Recipe& recipe, const Model& model, const Trained& trained) {
  const Noise noise = config_noise(recipe.training);
  const Evaluation evaluation = evaluate_model(model, *task.test, 0, task.pool, noise);
  Json figures = evaluation_json(evaluation, model, *task.test, 0);
  add_latent_figures(task, model, figures);
  if (noise.kind) add_noise_figures(evaluation, noise, figures);
  if (trained.pca) add_pca_figures(*trained.pca, figures);
  return figures;
}

// Nine digits: further ones depend on the machine and on the version of the program.
double with_nine_digits(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double scale = std::pow(10.0, 8 - static_cast<int>(std::floor(std::log10(std::abs(value)))));
  return std::round(value * scale) / scale;
}

Json with_nine_digits(const Json& figures) {
  Json out = figures;
  if (const Json::Object* members = figures.as_object()) {
    out = Json();
    for (const auto& [name, value] : *members) out.set(name, with_nine_digits(value));
  } else if (const Json::Array* elements = figures.as_array()) {
    out = Json::Array();
    for (const Json& element : *elements) out.push(with_nine_digits(element));
  } else if (const std::optional<double> number = figures.as_number(); number && !figures.as_integer()) {
    out = with_nine_digits(*number);
  }
  return out;
}

}  // namespace

std::string with_ending(const std::string& path, const std::string& ending) {
  return std::filesystem::path(path).replace_extension(ending).string();
}

Json write_trained(const Task& task, const Recipe& recipe, const std::string& out, const Trained& trained,
                   const Json& repeats) {
  const Precision precision = task.options.f32 ? Precision::f32 : Precision::f16;
  // The figures are those of the rounded weights, the ones in the file.
  ModelFile file = load_model(save_model({trained.model, {}}, precision), out);
  Json figures;
  std::string warning;
  if (task.test) {
    figures = test_figures(task, recipe, file.model, trained);
    if (!repeats.is_null()) add_repeats(repeats, figures);
    figures = with_nine_digits(figures);
    file.test = encode_dataset(file.model, *task.test, task.pool);
    warning = collapse_warning(unit_figures(file.test));
    Waiting waiting("scoring images");
    file.test.excess = excess_scores(file.model, *task.test, task.pool, waiting.on_progress());
  }
  file.model.spec.provenance = provenance(recipe, task.data, figures);
  add_origin({is_portable(), task.started_from}, file.model.spec.provenance);
  const std::vector<std::byte> bytes = save_model(file, precision);
  write_file_atomic(out, bytes);

  CardFacts facts;
  facts.file_name = std::filesystem::path(out).filename().string();
  facts.command = command_text(task.options, facts.file_name);
  facts.warning = warning;
  facts.file_bytes = bytes.size();
  facts.file_sha256 = sha256_hex(bytes);
  facts.threads = task.pool.threads();
  facts.first = task.options.first;
  facts.seconds = trained.seconds;
  for (const EpochReport& report : trained.history) facts.seconds += report.seconds;
  write_text(with_ending(out, ".md"), model_card(recipe, task.data, file.model, figures, facts));
  print(text("wrote ", out, ", ", bytes.size(), " bytes"));
  if (!figures.is_null()) print(text("test set: ", figures.dump()));
  if (!warning.empty()) print_warning(warning);
  return figures;
}

}  // namespace loom
