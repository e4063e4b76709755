#pragma once

#include "core/types.h"

namespace loom {

// How many numbers a layer takes and outputs per sample.
struct Widths {
  Index inputs, outputs;
};

}  // namespace loom
