// The name of a visitor's file in a link: the file itself is not there, but who follows the link is asked for it.
#pragma once

#include <string>
#include <string_view>

#include "explorer/state/state.h"

namespace loom {

// The name as a link can hold it: without folders, not too long, and with '_' for characters that no file should have.
std::string linked_file_name(std::string_view name);

void write_file(const ExplorerState& state, std::string& out);
// Ignores what is not the name of a file.
void read_file(std::string_view text, ExplorerState& state);
void write_drawing(const ExplorerState& state, std::string& out);
// All or nothing: an incomplete drawing is none.
void read_drawing(std::string_view text, ExplorerState& state);

}  // namespace loom
