// Where a card goes that must not cover what it speaks of.
#pragma once

#include <cstddef>
#include <span>

#include "explorer/state/rect.h"

namespace loom {

// Something on the screen, and how bad it is to cover a square point of it.
struct Covered {
  Rect place;
  float weight = 1;
};

// The index of the place that covers least, by weight and area; of equals the first; 0 if there are none.
std::size_t least_covering(std::span<const Rect> places, std::span<const Covered> on_screen);

}  // namespace loom
