#pragma once

#include <string>
#include <string_view>

namespace loom {

// A file of the repository, such as "tests/golden/pca.safetensors", wherever the tests are run from.
std::string source_path(std::string_view relative);

}  // namespace loom
