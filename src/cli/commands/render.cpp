#include <memory>
#include <span>

#include "cli/commands/commands.h"
#include "cli/commands/render_view.h"
#include "cli/common.h"
#include "core/files/file.h"
#include "explorer/app/update.h"
#include "explorer/state/parts.h"
#include "plot/png.h"
#include "plot/svg.h"

namespace loom {
namespace {

struct RenderOptions : ExplorerView {
  std::string out;
};

void write_map(Explorer& explorer, const RenderSize& size, const std::string& out) {
  ExplorerState state = explorer.state;
  state.hidden |= read_parts(kAllButMap);
  set_state(explorer, std::move(state));
  Stage stage(size, serve_from_files);
  stage.settle(explorer);
  VectorFrame frame = stage.vectors(explorer);
  for (const auto& [name, pixels] : frame.images) {
    const std::string place = text("\"texture:", name, '"');
    const std::string data = text('"', png_data_uri(encode_png(pixels.values, pixels.width, pixels.height, true)), '"');
    for (std::size_t at = 0; (at = frame.svg.find(place, at)) != std::string::npos; at += data.size())
      frame.svg.replace(at, place.size(), data);
  }
  write_file_atomic(out, std::as_bytes(std::span(frame.svg)));
  print(text("wrote ", out, ": the map of ", explorer.model->id));
}

void run_render(const RenderOptions& options) {
  const RenderSize size = size_of(options);
  Explorer explorer;
  open_view(explorer, options);
  if (options.out.ends_with(".svg")) return write_map(explorer, size, options.out);
  const Pixels picture = render(explorer, size, serve_from_files);
  write_file_atomic(options.out, encode_png(picture.values, picture.width, picture.height));
  print(text("wrote ", options.out, ": ", picture.width, "x", picture.height, " pixels of ", explorer.state.model));
}

}  // namespace

void add_render(CLI::App& app) {
  auto options = std::make_shared<RenderOptions>();
  auto* command = app.add_subcommand(
      "render", "Draw the explorer's view of a link as PNG, or its map as SVG, without window or browser");
  add_view_options(*command, *options, "1280x800");
  command->add_option("--out", options->out, "PNG file to write, or SVG with the map alone")->required();
  command->callback([options] { run_render(*options); });
}

}  // namespace loom
