#include <memory>

#include "analysis/plane/latent_plane.h"
#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/analyse_figures.h"
#include "core/error.h"
#include "train/evaluate.h"

namespace loom {
namespace {

constexpr std::size_t kNameWidth = 24, kValueWidth = 10;

std::string padded(std::string_view part, std::size_t width) {
  return part.size() < width ? std::string(width - part.size(), ' ') : std::string();
}

void print_sections(const std::vector<FigureSection>& sections) {
  for (const FigureSection& section : sections) {
    print("");
    print(section.title);
    for (const Figure& f : section.figures) {
      const std::string value = fixed_text(f.value, f.decimals);
      print(text("  ", f.key, padded(f.key, kNameWidth), ' ', padded(value, kValueWidth), value, "  ", f.unit));
    }
    for (const std::string& line : section.lines) print("  " + line);
  }
}

Json sections_json(const std::vector<FigureSection>& sections) {
  Json json{Json::Object{}};
  for (const FigureSection& section : sections) {
    Json part{Json::Object{}};
    for (const Figure& f : section.figures) part.set(f.key, f.value);
    if (const Json::Object* more = section.more.as_object())
      for (const auto& [key, value] : *more) part.set(key, value);
    json.set(section.key, std::move(part));
  }
  return json;
}

struct AnalyseArguments : AnalyseOptions {
  std::string file;
  DataSource data;
  bool json = false;
  int threads = 0;
};

void analyse(const AnalyseArguments& options) {
  ModelFile file = read_model(options.file);
  ThreadPool pool(thread_count(options.threads));
  std::vector<FigureSection> sections;
  std::string source = "the test set encoded in the file";
  Dataset data;
  if (!options.data.path.empty()) {
    data = read_test_set(options.data, file.model);
    file.test = encode_dataset(file.model, data, pool);
    source = text("the test images of ", data.name);
  }
  if (file.test.size() == 0) fail(options.file, ": the file holds no encoded test set; give images with --data DIR");
  const auto add = [&](std::vector<FigureSection> more) {
    for (FigureSection& section : more) sections.push_back(std::move(section));
  };
  add(encoded_figures(file, options, pool));
  add(map_figures(file.model, options, pool));
  if (!options.data.path.empty()) add(image_figures(file.model, data, options, pool));

  const ModelSpec& spec = file.model.spec;
  if (options.json) {
    Json json{Json::Object{}};
    json.set("images", file.test.size()).set("latent_dim", spec.latent_dim).set("grid", options.grid);
    json.set("likelihood", spec.likelihood).set("figures", sections_json(sections));
    print(json.dump());
    return;
  }
  print(text(options.file, ": ", spec.latent_dim, " latent dimensions, likelihood ", spec.likelihood, "; ",
             file.test.size(), " images, ", source));
  print_sections(sections);
  if (!options.data.path.empty()) return;
  print("");
  print("the negative ELBO, the exact log p(x), its bounds and the encoder's gap need images: give --data DIR");
}

}  // namespace

void add_analyse(CLI::App& app) {
  auto options = std::make_shared<AnalyseArguments>();
  auto* command =
      app.add_subcommand("analyse", "Measure the latent space: holes, overlap of classes, geometry, likelihood bounds");
  add_file_option(*command, options->file);
  add_data_options(*command, options->data, Needed::no);  // for figures that need images
  command->add_option("--grid", options->grid, "grid cells per side, for densities and integrals")
      ->check(CLI::Range(32, 1024))
      ->capture_default_str();
  command->add_option("--images", options->images, "test images used for integrals and gradient descent")
      ->check(CLI::Range(1, 70000))
      ->capture_default_str();
  command->add_option("--draws", options->draws, "number of draws from the prior, for smoothness and round trip")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  command->add_option("--iwae", options->iwae, "samples per image for the importance-weighted bound (IWAE)")
      ->check(CLI::Range(1, 100000))
      ->capture_default_str();
  add_seed_option(*command, options->seed, "all random draws");
  add_threads_option(*command, options->threads);
  add_json_option(*command, options->json);
  command->callback([options] { analyse(*options); });
}

}  // namespace loom
