// Roboto, the typeface of all figures: outlines and widths.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plot/canvas.h"

namespace loom {

// Width of a line of text in pixels, for an em of `size` pixels. Throws Error for bytes that are not UTF-8.
double text_width(std::string_view text, double size);

// The outlines of a line of text that begins at the origin of the baseline, y down, curves cut into short lines.
std::vector<std::vector<Position>> text_outlines(std::string_view text, double size);

// The text cut into lines no wider than `width`, at spaces; a word that is wider stands alone.
std::vector<std::string> wrapped(std::string_view text, double size, double width);

// The text, or its beginning and "…" if it is wider than `width`.
std::string shortened(std::string_view text, double size, double width);

}  // namespace loom
