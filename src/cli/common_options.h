// Options of every subcommand that draws.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "plot/page.h"

namespace loom {

struct PictureOptions {
  std::string out, theme = "light";

  bool wanted() const { return !out.empty(); }
  // Throws Error if `out` is no name of a picture. Called before long work, so that it is not done in vain.
  PictureStyle style() const;
  // Writes the picture and says so on stderr, where it does not get between the figures.
  void save(const Canvas&) const;
};

// --out and --theme.
void add_picture_options(CLI::App& command, PictureOptions&, const char* what);

}  // namespace loom
