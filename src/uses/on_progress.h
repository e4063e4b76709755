// How long-running work reports its progress.
#pragma once

#include <functional>

#include "core/types.h"

namespace loom {

// Called after every piece of work, from any thread, with the number of steps just done and the total number. May be
// empty.
using OnProgress = std::function<void(Index steps, Index total)>;

}  // namespace loom
