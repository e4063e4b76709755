// A diagram of how a variational autoencoder draws a code: mu, log-variance, sigma, epsilon and z with their numbers.
#pragma once

#include <string>
#include <vector>

#include "explorer/draw/painter.h"
#include "explorer/model/inside.h"

namespace loom {

// Draws the diagram at the top of `rest`, for these dimensions (at most three), and cuts it off. `names`: of the
// dimensions.
void draw_code_diagram(const Painter& painter, Rect& rest, const DrawnCode& code, const std::vector<Index>& dimensions,
                       const std::vector<std::string>& names);

}  // namespace loom
