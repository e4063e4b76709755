// Options that several subcommands share, so that they are called and explained the same everywhere.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "plot/page.h"

namespace loom {

void add_file_option(CLI::App& command, std::string& file);      // the weight file, required
void add_threads_option(CLI::App& command, int& threads);        // --threads
void add_json_option(CLI::App& command, bool& json);             // --json
// --seed of `what` ("the noise").
void add_seed_option(CLI::App& command, std::uint64_t& seed, const std::string& what);

struct PictureOptions {
  std::string out, theme = "light";

  bool wanted() const { return !out.empty(); }
  // Throws Error unless the name ends as a figure's does. Called before long work, so that it is not done in vain.
  PictureStyle style() const;
  // Writes the figure and says so on stderr, where it does not get between the printed numbers.
  void save(const Canvas&) const;
};

// --out and --theme. `what` is drawn ("a sheet of the images").
void add_picture_options(CLI::App& command, PictureOptions&, const std::string& what);

// What `loom sample`, `merge`, `denoise` and their like have in common.
struct CommonOptions {
  std::string file;
  int threads = 0;
  bool json = false;
  PictureOptions picture;
};
enum class Threads { no, yes };  // whether the work is shared out
// --json, --threads, --out and --theme; the file is the command's own, because denoise takes several.
void add_common_options(CLI::App& command, CommonOptions&, Threads, const std::string& what);

}  // namespace loom
