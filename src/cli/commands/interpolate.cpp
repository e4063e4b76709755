#include <memory>
#include <optional>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/figures/uses_json.h"
#include "cli/latent_place.h"
#include "cli/picture_options.h"
#include "cli/pictures/draw_uses.h"
#include "cli/table.h"
#include "cli/waiting.h"

namespace loom {
namespace {

struct Options {
  std::string file, from, to;
  DataSource data;
  std::vector<std::string> paths{"straight"};
  Index steps = 11;
  bool json = false;
  PictureOptions picture;
};

void print_text(const std::vector<InterpolatedPath>& paths, const LatentPlace& from, const LatentPlace& to) {
  print(text("from ", from.words, " to ", to.words, "; root mean square change of a pixel from picture to picture"));
  std::vector<std::string> head{"step"};
  for (const InterpolatedPath& path : paths) head.push_back(path.kind);
  TextTable table(std::move(head));
  for (std::size_t n = 0; n < paths.front().changes.size(); ++n) {
    std::vector<std::string> row{text(n + 1)};
    for (const InterpolatedPath& path : paths) row.push_back(fixed_text(path.changes[n], 4));
    table.row(std::move(row));
  }
  std::vector<std::string> total{"in all"}, largest{"largest"};
  for (const InterpolatedPath& path : paths) {
    total.push_back(fixed_text(path.total(), 4));
    largest.push_back(fixed_text(path.largest(), 4));
  }
  table.row(std::move(total));
  table.row(std::move(largest));
  table.print();
}

void run(const Options& o) {
  const PictureStyle style = o.picture.style();
  const ModelFile file = read_model(o.file);
  std::optional<Dataset> data;
  if (!o.data.path.empty()) data = read_test_set(o.data, file.model);
  const LatentPlace from = latent_place(o.from, file.model, data ? &*data : nullptr, "--from");
  const LatentPlace to = latent_place(o.to, file.model, data ? &*data : nullptr, "--to");
  std::vector<InterpolatedPath> paths;
  Waiting waiting("measuring how the picture changes");
  for (const std::string& kind : o.paths)
    paths.push_back(interpolate(file.model, kind, from.z, to.z, o.steps, waiting.on_progress()));
  if (o.json)
    print(interpolation_json(paths, from, to).dump());
  else
    print_text(paths, from, to);
  if (o.picture.wanted()) o.picture.save(draw_interpolation(paths, from, to, file.model.spec.image, style));
}

}  // namespace

void add_interpolate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  Options& o = *options;
  auto* command = app.add_subcommand("interpolate", "The pictures on the way between two points or images");
  command->add_option("file", o.file, "weight file")->required();
  command->add_option("--from", o.from, "coordinates, 0.3,-1.2, or image:17 of --data")->required();
  command->add_option("--to", o.to, "the same")->required();
  add_data_options(*command, o.data);
  command->get_option("--data")->required(false);
  command->add_option("--path", o.paths, "straight, spherical or geodesic; several, separated by commas, to compare")
      ->delimiter(',')
      ->check(CLI::IsMember({"straight", "spherical", "geodesic"}))
      ->capture_default_str();
  command->add_option("--steps", o.steps, "pictures, both ends included")
      ->check(CLI::Range(2, 60))
      ->capture_default_str();
  command->add_flag("--json", o.json, "print JSON");
  add_picture_options(*command, o.picture, "film strip");
  command->callback([options] { run(*options); });
}

}  // namespace loom
