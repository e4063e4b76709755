#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/model_name.h"
#include "cli/picture_options.h"
#include "cli/pictures/draw_uses.h"
#include "cli/pictures/plots.h"
#include "uses/images.h"

namespace loom {
namespace {

struct Options {
  std::string kind, file;
  DataSource data;
  Index n = 20, points = 4000, images = 8;
  PictureOptions picture;
};

Canvas manifold(const Options& o, const PictureStyle& style) { return draw_manifold(read_model(o.file), o.n, style); }

Canvas scatter(const Options& o, const PictureStyle& style) {
  const std::optional<ReplayFile> replay = read_replay(replay_path(o.file));
  return draw_scatter(read_model(o.file), replay ? &*replay : nullptr, o.points, style);
}

Canvas losses(const Options& o, const PictureStyle& style) {
  const ModelFile file = read_model(o.file);
  return draw_losses(read_losses(o.file), model_name(file, o.file), style);
}

Canvas reconstructions(const Options& o, const PictureStyle& style) {
  const ModelFile file = read_model(o.file);
  const Dataset data = read_test_set(o.data, file.model);
  return draw_reconstructions(reconstruct(file.model, data, some_of_each_class(data, o.images)), file.model, data,
                              style);
}

struct Kind {
  const char* name;
  const char* what;
  Canvas (*draw)(const Options&, const PictureStyle&);
};

constexpr Kind kKinds[] = {
    {"manifold", "decoded pictures over the latent plane, equal shares of the prior each", manifold},
    {"scatter", "the encoded test images by class; with a replay file beside the weights, before and after training",
     scatter},
    {"losses", "losses by epoch, from the record beside the weights", losses},
    {"reconstructions", "images, their codes, what comes back, and the difference; needs --data", reconstructions},
};

}  // namespace

void add_plot(CLI::App& app) {
  auto* plot = app.add_subcommand("plot", "Pictures of the latent space and of the training");
  plot->require_subcommand(1);
  for (const Kind& kind : kKinds) {
    auto options = std::make_shared<Options>();
    Options& o = *options;
    auto* command = plot->add_subcommand(kind.name, kind.what);
    command->add_option("file", o.file, "weight file")->required();
    const std::string_view name = kind.name;
    if (name == "manifold")
      command->add_option("--n", o.n, "pictures along a side")->check(CLI::Range(2, 100))->capture_default_str();
    if (name == "scatter")
      command->add_option("--points", o.points, "images drawn at most")
          ->check(CLI::Range(1, 100000))
          ->capture_default_str();
    if (name == "reconstructions") {
      add_data_options(*command, o.data);
      command->add_option("--images", o.images, "how many")->check(CLI::Range(1, 512))->capture_default_str();
    }
    add_picture_options(*command, o.picture, "picture to write");
    command->get_option("--out")->required();
    command->callback([options, &kind] {
      const PictureStyle style = options->picture.style();
      options->picture.save(kind.draw(*options, style));
    });
  }
}

}  // namespace loom
