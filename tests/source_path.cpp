#include "source_path.h"

namespace loom {

// LOOM_SOURCE_DIR is defined for this file alone: an object file that contains a path cannot be shared between
// checkouts.
std::string source_path(std::string_view relative) { return LOOM_SOURCE_DIR "/" + std::string(relative); }

}  // namespace loom
