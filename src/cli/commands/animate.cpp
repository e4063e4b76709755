#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/commands/render_view.h"
#include "cli/common.h"
#include "cli/waiting.h"
#include "core/error.h"
#include "core/files/file.h"
#include "explorer/app/update.h"
#include "explorer/play/playback.h"
#include "film/gif.h"

namespace loom {
namespace {

struct AnimateOptions : ExplorerView {
  std::string walk, out;
  double fps = 12.5, speed = 1;
  bool back = false;
};

constexpr int kEndTime = 100;  // centiseconds that the last frame stays
constexpr Index kMostFrames = 3000;

// The name of the walk and the tool that plays it.
struct WalkRow {
  std::string_view name, tool;
};
constexpr std::array kWalks{WalkRow{"path", "path"}, WalkRow{"border", "border"}, WalkRow{"classes", "walk"},
                            WalkRow{"replay", "replay"}};

void open_walk(Explorer& explorer, Stage& stage, std::string_view name) {
  stage.settle(explorer);  // loads the model
  const std::string tool(std::ranges::find(kWalks, name, &WalkRow::name)->tool);
  apply_unlocked(explorer, ChooseTool{tool});
  if (const std::string_view refusal = tools()[find_tool(tool)].refusal(explorer); !refusal.empty())
    fail("--walk ", name, ": ", refusal);
  if (name == "path" && (!explorer.state.pins[0] || !explorer.state.pins[1]))
    apply_unlocked(explorer, PutPinsOnClasses{});
  stage.settle(explorer);
  if (play_seconds(explorer, open_tool(explorer)) <= 0)
    fail("--walk ", name, ": this model and this link give nothing to walk along");
}

void run_animate(const AnimateOptions& options) {
  const RenderSize size = size_of(options);
  if (std::filesystem::path(options.out).extension() != ".gif")
    fail("--out is ", options.out, ", expected a .gif file");
  Explorer explorer;
  open_view(explorer, options);
  Stage stage(size, serve_from_files);
  open_walk(explorer, stage, options.walk);
  apply_unlocked(explorer, SetPlay{1, options.back});
  const double seconds = film_seconds(explorer, open_tool(explorer));
  const auto frames = static_cast<Index>(std::ceil(seconds / options.speed * options.fps)) + 1;
  if (frames > kMostFrames)
    fail("the film would have ", frames, " frames, at most ", kMostFrames, ": lower --fps or raise --speed");
  Waiting waiting("drawing the film");
  std::unique_ptr<GifWriter> gif;
  int width = 0, height = 0;
  double shown = 0;  // centiseconds so far
  for (Index i = 0; i < frames; ++i) {
    const Pixels picture =
        stage.settle(explorer, {Seek{seconds * static_cast<double>(i) / static_cast<double>(frames - 1)}});
    if (!gif) gif = std::make_unique<GifWriter>(width = picture.width, height = picture.height);
    // Whole centiseconds whose sum stays right.
    const double end = static_cast<double>(i + 1) * 100 / options.fps;
    const int time = static_cast<int>(std::lround(end) - std::lround(shown));
    shown = end;
    gif->add(picture.values, i + 1 == frames ? kEndTime : std::max(time, 2));
    waiting.done(i + 1, frames);
  }
  write_file_atomic(options.out, gif->finish());
  print(text("wrote ", options.out, ": ", frames, " frames of ", width, "x", height, " pixels, ",
             fixed_text(static_cast<double>(frames - 1) / options.fps + kEndTime / 100.0, 1), " s"));
}

}  // namespace

void add_animate(CLI::App& app) {
  auto options = std::make_shared<AnimateOptions>();
  AnimateOptions& o = *options;
  auto* command = app.add_subcommand("animate", "Write what the explorer plays as an animated GIF");
  add_view_options(*command, o, "800x500");
  std::vector<std::string> names;
  for (const WalkRow& row : kWalks) names.emplace_back(row.name);
  command
      ->add_option(
          "--walk", o.walk,
          "path: from pin A to pin B of the link, or between the two classes farthest apart; border: along the "
          "border of the link's pair of classes; classes: from class to class; replay: the training")
      ->required()
      ->check(CLI::IsMember(names));
  command->add_option("--fps", o.fps, "frames per second")->check(CLI::Range(1.0, 50.0))->capture_default_str();
  command->add_option("--speed", o.speed, "as in the page: 2 is twice as fast")
      ->check(CLI::Range(0.1, 10.0))
      ->capture_default_str();
  command->add_flag("--back", o.back, "also the way back, so that the film has no jump");
  command->add_option("--out", o.out, "GIF file to write")->required();
  command->callback([options] { run_animate(*options); });
}

}  // namespace loom
