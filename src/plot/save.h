// Saves figures to files.
#pragma once

#include <string>

#include "plot/canvas.h"

namespace loom {

// Throws Error unless the path ends in .png or .svg. Call it before long work, so that an error is reported early.
void check_picture_path(const std::string& path);

// Writes PNG or SVG, depending on the ending of the path, atomically. Throws Error as check_picture_path does and if
// the file cannot be written.
void save_picture(const std::string& path, const Canvas&);

}  // namespace loom
