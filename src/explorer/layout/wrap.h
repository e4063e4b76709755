// Breaking text into lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace loom {

// The words with line breaks, so that each line is at most `width` wide. Lines break at spaces only, never before a
// percent sign or beside "=": "70 %" and "N = 10000" stay together. What is wider than a line breaks between letters.
// Line breaks of the text stay. `width_of` measures a line.
std::string wrapped(std::string_view words, float width, const std::function<float(std::string_view)>& width_of);

// A name with its longest words abbreviated, one after the other, until it fits: "Conv. VAE". Words of up to six
// letters stay as they are, so the result may still be too wide.
std::string abbreviated(std::string_view name, float width, const std::function<float(std::string_view)>& width_of);

}  // namespace loom
