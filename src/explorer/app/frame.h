// One frame of the explorer: what the visitor did, what follows from it, and a slice of what takes longer.
#pragma once

#include "explorer/app/explorer.h"
#include "explorer/app/input.h"
#include "explorer/state/deadline.h"

namespace loom {

// Applies the input and decodes what is at z and under the pointer.
void advance(Explorer& explorer, const Input& input);

// One slice of what overlays and tools compute for what is seen. True while there is more.
bool work(Explorer& explorer, const Input& input, const Deadline& deadline);

}  // namespace loom
