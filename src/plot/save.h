// Figures to files.
#pragma once

#include <string>

#include "plot/canvas.h"

namespace loom {

// Throws Error unless the path ends in .png or .svg. Asked before long work, so that it is not done in vain.
void check_picture_path(const std::string& path);

// Writes PNG or SVG, by the ending of the path; atomic. Throws Error as check_picture_path does and if the file cannot
// be written.
void save_picture(const std::string& path, const Canvas&);

}  // namespace loom
