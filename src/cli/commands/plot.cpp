#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/model_name.h"
#include "cli/pictures/draw_uses.h"
#include "cli/pictures/plots.h"
#include "uses/images.h"

namespace loom {
namespace {

struct PlotOptions {
  std::string kind, file;
  DataSource data;
  Index n = 20, points = 4000, images = 8;
  PictureOptions picture;
};

Canvas manifold(const PlotOptions& o, const PictureStyle& style) {
  return draw_manifold(read_model(o.file), o.n, style);
}

Canvas scatter(const PlotOptions& o, const PictureStyle& style) {
  const std::optional<ReplayFile> replay = read_replay(replay_path(o.file));
  return draw_scatter(read_model(o.file), replay ? &*replay : nullptr, o.points, style);
}

Canvas losses(const PlotOptions& o, const PictureStyle& style) {
  const ModelFile file = read_model(o.file);
  return draw_losses(read_losses(o.file), model_name(file, o.file), style);
}

Canvas reconstructions(const PlotOptions& o, const PictureStyle& style) {
  const ModelFile file = read_model(o.file);
  const Dataset data = read_test_set(o.data, file.model);
  return draw_reconstructions(reconstruct(file.model, data, some_of_each_class(data, o.images)), file.model, data,
                              style);
}

struct Kind {
  const char* name;
  const char* what;
  Canvas (*draw)(const PlotOptions&, const PictureStyle&);
};

constexpr Kind kKinds[] = {
    {"manifold", "decoded images on a grid over the latent plane; each stands for an equal share of the prior",
     manifold},
    {"scatter",
     "codes of the test images by class; before and after training if the replay file lies beside the weights",
     scatter},
    {"losses", "losses by epoch, from the training record beside the weights", losses},
    {"reconstructions", "images, their codes, reconstructions and differences; needs --data", reconstructions},
};

}  // namespace

void add_plot(CLI::App& app) {
  auto* plot = app.add_subcommand("plot", "Draw the latent space, the training losses or reconstructions");
  plot->require_subcommand(1);
  for (const Kind& kind : kKinds) {
    auto options = std::make_shared<PlotOptions>();
    PlotOptions& o = *options;
    auto* command = plot->add_subcommand(kind.name, kind.what);
    add_file_option(*command, o.file);
    const std::string_view name = kind.name;
    if (name == "manifold")
      command->add_option("--n", o.n, "images per side")->check(CLI::Range(2, 100))->capture_default_str();
    if (name == "scatter")
      command->add_option("--points", o.points, "draw at most this many images")
          ->check(CLI::Range(1, 100000))
          ->capture_default_str();
    if (name == "reconstructions") {
      add_data_options(*command, o.data);
      command->add_option("--images", o.images, "number of images")->check(CLI::Range(1, 512))->capture_default_str();
    }
    add_picture_options(*command, o.picture, "the figure");
    command->get_option("--out")->required();
    command->callback([options, &kind] {
      const PictureStyle style = options->picture.style();
      options->picture.save(kind.draw(*options, style));
    });
  }
}

}  // namespace loom
