// One frame of the explorer: handles the input and runs a time slice of longer computations.
#pragma once

#include "explorer/app/explorer.h"
#include "explorer/app/input/input.h"
#include "explorer/state/deadline.h"

namespace loom {

// Applies the input and decodes the image at z and the mark under the pointer.
void advance(Explorer& explorer, const Input& input);

// Lets the overlay and the tool compute until the deadline. Returns true while there is more to do.
bool work(Explorer& explorer, const Input& input, const Deadline& deadline);

}  // namespace loom
