// The files that a training writes, checked before its first step.
#pragma once

#include <string>

namespace loom {

// Throws Error if `out` or a file beside it (card, record, replay, state of an interrupted run) is a folder or cannot
// be written, and if there is a finished model already that neither `force` replaces nor a run with `resume` goes on
// from. `recipe` makes the example of a name.
void check_output(const std::string& out, const std::string& recipe, bool force, bool resume);

// The state of an interrupted run of this weight file.
std::string state_path(const std::string& out);

}  // namespace loom
