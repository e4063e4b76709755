#include <memory>

#include "cli/commands/commands.h"
#include "cli/commands/render_view.h"
#include "cli/common.h"
#include "core/files/file.h"
#include "plot/png.h"

namespace loom {
namespace {

struct RenderOptions : ExplorerView {
  std::string out;
};

void run_render(const RenderOptions& options) {
  const RenderSize size = size_of(options);
  Explorer explorer;
  open_view(explorer, options);
  const Pixels picture = render(explorer, size, serve_from_files);
  write_file_atomic(options.out, encode_png(picture.values, picture.width, picture.height));
  print(text("wrote ", options.out, ": ", picture.width, "x", picture.height, " pixels of ", explorer.state.model));
}

}  // namespace

void add_render(CLI::App& app) {
  auto options = std::make_shared<RenderOptions>();
  auto* command = app.add_subcommand("render", "Draw the explorer's view of a link as PNG, without window or browser");
  add_view_options(*command, *options, "1280x800");
  command->add_option("--out", options->out, "PNG file to write")->required();
  command->callback([options] { run_render(*options); });
}

}  // namespace loom
