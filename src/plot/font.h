// Outlines and widths of text in Roboto, the typeface of all figures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plot/canvas.h"

namespace loom {

// Width of a line of text in pixels, for a font size of `size` pixels. Throws Error for bytes that are not UTF-8.
double text_width(std::string_view text, double size);

// The outlines of a line of text as polygons. The baseline begins at the origin; y points down.
std::vector<std::vector<Position>> text_outlines(std::string_view text, double size);

// The text wrapped at spaces into lines no wider than `width`; a word that is wider gets its own line.
std::vector<std::string> wrapped(std::string_view text, double size, double width);

// The text, or its beginning and "…" if it is wider than `width`.
std::string shortened(std::string_view text, double size, double width);

}  // namespace loom
