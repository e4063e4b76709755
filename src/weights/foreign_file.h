// Recognises files that people take for weight files, so that the message can say what a file is instead of what its
// first bytes would mean in the safetensors format.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace loom {

// Throws Error, beginning with `file_name`, if the file begins like one of another format that is often confused with
// weight files: a PyTorch archive, HDF5, a web page and others, or plain text. Accepts everything else.
void refuse_foreign_file(std::span<const std::byte> bytes, std::string_view file_name);

}  // namespace loom
