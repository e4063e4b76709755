// What some actions make of a state. They only compute; app/update.cpp applies them.
#pragma once

#include "explorer/state/action.h"

namespace loom {

// The classes shown after an action, as bits; 0 shows all.
std::uint32_t isolated_after(const Isolate& isolate, std::uint32_t isolated);
std::uint32_t isolated_after(const StepIsolated& step, std::uint32_t isolated, std::size_t class_count);

// Without what only makes sense for the model that it was set for.
ExplorerState without_model(ExplorerState state);

}  // namespace loom
