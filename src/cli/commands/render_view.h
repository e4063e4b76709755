// What `loom render` and `loom animate` share: the view that they draw, and the files that it needs.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "explorer/platform/render.h"

namespace loom {

struct ExplorerView {
  std::vector<std::string> files;
  std::string weights = "weights", state, size, theme;
  double scale = 1;
};

// The weight files, --weights, --state, --size, --scale and --theme. `size`: the usual one.
void add_view_options(CLI::App& command, ExplorerView& view, std::string size);

// Throws Error for a size that is malformed or out of range.
RenderSize size_of(const ExplorerView& view);

// Opens the models and sets the state. Throws Error if the link asks for a model that is not there.
void open_view(Explorer& explorer, const ExplorerView& view);

// Answers the explorer's requests with files, as the platforms do, but a missing file ends the command instead of
// becoming a message in the picture.
void serve_from_files(Explorer& explorer);

}  // namespace loom
