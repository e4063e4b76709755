#pragma once

#include "core/types.h"

namespace loom {

// How many numbers a layer takes and gives per sample.
struct Widths {
  Index inputs, outputs;
};

}  // namespace loom
