#include <algorithm>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "core/json/json.h"
#include "core/text.h"
#include "model/layer_text.h"
#include "model/spec_json.h"

namespace loom {
namespace {

// A layer per line: its number, its name, its shapes, each in a column.
void print_network(std::string_view name, const Sequential& net) {
  print(text(name, ", ", static_cast<Index>(multiply_adds(net)), " multiply-adds per image:"));
  std::size_t width = 0;
  for (const Layer& layer : net) width = std::max(width, layer_text(layer).name.size());
  for (std::size_t i = 0; i < net.size(); ++i) {
    const LayerText layer = layer_text(net[i]);
    const std::string gap = layer.shapes.empty() ? "" : std::string(width + 2 - layer.name.size(), ' ');
    print(text("  ", i < 10 ? " " : "", i, "  ", layer.name, gap, layer.shapes));
  }
}

void print_info_text(const ModelFile& file, const std::string& path) {
  const ModelSpec& spec = file.model.spec;
  print(text(path, ": ", spec.variational ? "variational autoencoder" : "autoencoder", ", images ",
             image_shape_text(spec.image), ", latent dimensions ", spec.latent_dim, ", likelihood ", spec.likelihood));
  print(text(parameter_count(file.model), " weights; ", file.test.size(), " encoded test images"));
  print_network("encoder", file.model.encoder);
  print_network("decoder", file.model.decoder);
  for (const auto& [key, value] : spec.provenance) print(text(key, ": ", value));
}

Json info_json(const ModelFile& file) {
  Json json, provenance{Json::Object{}};
  for (const auto& [key, value] : file.model.spec.provenance) provenance.set(key, value);
  json.set("model", parse_json(model_json(file.model), "model")).set("parameters", parameter_count(file.model));
  json.set("multiply_adds_encoder", multiply_adds(file.model.encoder));
  json.set("multiply_adds_decoder", multiply_adds(file.model.decoder));
  return json.set("encoded_test_images", file.test.size()).set("provenance", std::move(provenance));
}

}  // namespace

void add_info(CLI::App& app) {
  struct InfoOptions {
    std::string file;
    bool json = false;
  };
  auto options = std::make_shared<InfoOptions>();
  auto* command = app.add_subcommand("info", "Describe a weight file: layers, size, how it was trained");
  add_file_option(*command, options->file);
  add_json_option(*command, options->json);
  command->callback([options] {
    const ModelFile file = read_model(options->file);
    if (options->json)
      print(info_json(file).dump());
    else
      print_info_text(file, options->file);
  });
}

}  // namespace loom
