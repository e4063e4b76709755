#include <algorithm>
#include <memory>
#include <optional>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/uses_json.h"
#include "cli/latent_place.h"
#include "cli/pictures/draw_uses.h"
#include "cli/table.h"
#include "cli/waiting.h"

namespace loom {
namespace {

struct InterpolateOptions : CommonOptions {
  std::string from, to;
  DataSource data;
  std::vector<std::string> paths{"straight"};
  Index steps = 11;
};

void print_interpolate_text(const std::vector<InterpolatedPath>& paths, const LatentPlace& from,
                            const LatentPlace& to) {
  print(text("from ", from.words, " to ", to.words, "; root mean square change of the pixels from image to image"));
  std::vector<std::string> head{"step"};
  for (const InterpolatedPath& path : paths) head.emplace_back(path_name(path.kind));
  TextTable table(std::move(head));
  for (std::size_t n = 0; n < paths.front().changes.size(); ++n) {
    std::vector<std::string> row{text(n + 1)};
    for (const InterpolatedPath& path : paths) row.push_back(fixed_text(path.changes[n], 4));
    table.row(std::move(row));
  }
  std::vector<std::string> length{"whole path"}, largest{"largest"};
  for (const InterpolatedPath& path : paths) {
    length.push_back(fixed_text(path.length, 4));
    largest.push_back(fixed_text(path.largest(), 4));
  }
  table.row(std::move(largest));
  table.row(std::move(length));
  table.print();
  print("whole path: in steps so small that twice as many change it by less than 0.5 %");
  for (const InterpolatedPath& path : paths)
    if (path.found_no_shorter)
      print("geodesic: no path was found along which the image changes less than on the straight line");
}

PathKind path_called(std::string_view name) {
  return static_cast<PathKind>(std::ranges::find(kPathNames, name) - kPathNames.begin());  // checked by the option
}

void run_interpolate(const InterpolateOptions& o) {
  const PictureStyle style = o.picture.style();
  const ModelFile file = read_model(o.file);
  std::optional<Dataset> data;
  if (!o.data.path.empty()) data = read_test_set(o.data, file.model);
  const LatentPlace from = latent_place(o.from, file.model, data ? &*data : nullptr, "--from");
  const LatentPlace to = latent_place(o.to, file.model, data ? &*data : nullptr, "--to");
  std::vector<InterpolatedPath> paths;
  Waiting waiting("measuring how the image changes");
  for (const std::string& name : o.paths)
    paths.push_back(interpolate(file.model, path_called(name), from.z, to.z, o.steps, waiting.on_progress()));
  if (o.json)
    print(interpolation_json(paths, from, to).dump());
  else
    print_interpolate_text(paths, from, to);
  if (o.picture.wanted()) o.picture.save(draw_interpolation(paths, from, to, file.model.spec.image, style));
}

}  // namespace

void add_interpolate(CLI::App& app) {
  auto options = std::make_shared<InterpolateOptions>();
  InterpolateOptions& o = *options;
  auto* command = app.add_subcommand("interpolate", "Decode a path between two points or two images");
  add_file_option(*command, o.file);
  command->add_option("--from", o.from, "start: coordinates as 0.3,-1.2, or image:17 for a test image of --data")
      ->required();
  command->add_option("--to", o.to, "end, written in the same way")->required();
  add_data_options(*command, o.data, Needed::no);
  command->add_option("--path", o.paths, "straight, spherical or geodesic; several separated by commas are compared")
      ->delimiter(',')
      ->check(CLI::IsMember(std::vector<std::string>(kPathNames.begin(), kPathNames.end())))
      ->capture_default_str();
  command->add_option("--steps", o.steps, "number of images, both ends included")
      ->check(CLI::Range(2, 60))
      ->capture_default_str();
  add_common_options(*command, o, Threads::no, "the images and how much they change");
  command->callback([options] { run_interpolate(*options); });
}

}  // namespace loom
