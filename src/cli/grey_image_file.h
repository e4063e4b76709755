// A single image from a file.
#pragma once

#include <string>

#include "core/image.h"
#include "core/types.h"

namespace loom {

// A PNG or JPEG as grey values in [0, 1], (1, P). Throws Error naming the file for one that cannot be read and for
// another size than `shape`.
Matrix read_grey_image(const std::string& path, const ImageShape& shape);

}  // namespace loom
