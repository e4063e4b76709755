#include "cli/common_options.h"

#include <cstdio>

#include "core/text.h"
#include "plot/save.h"

namespace loom {

void add_file_option(CLI::App& command, std::string& file) {
  command.add_option("file", file, "weight file")->required();
}

void add_threads_option(CLI::App& command, int& threads) {
  command.add_option("--threads", threads, "number of threads, 0 for one per processor; results do not depend on it")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
}

void add_json_option(CLI::App& command, bool& json) { command.add_flag("--json", json, "print JSON instead of text"); }

void add_seed_option(CLI::App& command, std::uint64_t& seed, const std::string& what) {
  command.add_option("--seed", seed, "seed of " + what)->check(CLI::NonNegativeNumber)->capture_default_str();
}

PictureStyle PictureOptions::style() const {
  if (wanted()) check_picture_path(out);
  return {&find_theme(theme), true};
}

void PictureOptions::save(const Canvas& canvas) const {
  save_picture(out, canvas);
  print_error(text("wrote ", out));
}

void add_picture_options(CLI::App& command, PictureOptions& options, const std::string& what) {
  command.add_option("--out", options.out, text("write ", what, " to this file, .png or .svg"));
  command.add_option("--theme", options.theme, "colours of the figure: light or dark")->capture_default_str();
}

void add_common_options(CLI::App& command, CommonOptions& options, Threads threads, const std::string& what) {
  if (threads == Threads::yes) add_threads_option(command, options.threads);
  add_json_option(command, options.json);
  add_picture_options(command, options.picture, what);
}

}  // namespace loom
