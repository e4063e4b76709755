#pragma once

#include <string>
#include <string_view>

namespace loom {

// The path of a file in the repository, such as "tests/golden/pca.safetensors", for any working directory.
std::string source_path(std::string_view relative);

}  // namespace loom
