// Options that several subcommands share, so that their names and help texts are the same everywhere.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "plot/page.h"

namespace loom {

void add_file_option(CLI::App& command, std::string& file);      // the weight file, required
void add_threads_option(CLI::App& command, int& threads);        // --threads
void add_json_option(CLI::App& command, bool& json);             // --json
// --seed; the help text says what it seeds: `what` ("the noise").
void add_seed_option(CLI::App& command, std::uint64_t& seed, const std::string& what);

struct PictureOptions {
  std::string out, theme = "light";

  bool wanted() const { return !out.empty(); }
  // The style of the figure. Throws Error unless the path ends in .png or .svg. Call it before long work, so that an
  // error is reported early.
  PictureStyle style() const;
  // Writes the figure and reports it on stderr, so that stdout holds only results.
  void save(const Canvas&) const;
};

// --out and --theme; the help text says what is drawn: `what` ("a sheet of the images").
void add_picture_options(CLI::App& command, PictureOptions&, const std::string& what);

// The options that `loom sample`, `merge`, `denoise` and similar subcommands have in common.
struct CommonOptions {
  std::string file;
  int threads = 0;
  bool json = false;
  PictureOptions picture;
};
enum class Threads { no, yes };  // whether the subcommand uses several threads
// --json, --threads, --out and --theme. Subcommands add the file option themselves, because denoise takes several
// files.
void add_common_options(CLI::App& command, CommonOptions&, Threads, const std::string& what);

}  // namespace loom
