// Numbers for display.
#pragma once

#include <string>

#include "core/text.h"

namespace loom {

// "(0.25, −1.30)"
std::string pair_text(double x, double y, int decimals);

std::string percent_text(double share);  // "70 %", "<1 %"

// A ratio to two digits: "<0.01", "0.03", "1.8", "12".
std::string ratio_text(double ratio);

}  // namespace loom
