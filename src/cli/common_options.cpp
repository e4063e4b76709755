#include "cli/picture_options.h"

#include <cstdio>

#include "plot/save.h"

namespace loom {

PictureStyle PictureOptions::style() const {
  if (wanted()) check_picture_path(out);
  return {&find_theme(theme), true};
}

void PictureOptions::save(const Canvas& canvas) const {
  save_picture(out, canvas);
  std::fprintf(stderr, "loom: wrote %s\n", out.c_str());
}

void add_picture_options(CLI::App& command, PictureOptions& options, const char* what) {
  command.add_option("--out", options.out, std::string(what) + ", PNG or SVG by the ending of the name");
  command.add_option("--theme", options.theme, "light or dark")->capture_default_str();
}

}  // namespace loom
