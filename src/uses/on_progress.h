// How long work tells how far it is.
#pragma once

#include <functional>

#include "core/types.h"

namespace loom {

// Called after every piece of work, from any thread: how many steps it was, of how many in all. May be empty.
using OnProgress = std::function<void(Index steps, Index total)>;

}  // namespace loom
