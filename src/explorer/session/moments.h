// The moments between which undo goes, and which changes of the visitor are one gesture.
#pragma once

#include "explorer/session/session.h"

namespace loom {

Moment moment_of(Session& session);

// The gesture that these actions belong to or, without any, the wheel. `press` and `time` as in Gesture.
Gesture gesture_of(const Actions& actions, std::uint64_t press, double time);

// Whether the browser's Back is to return from here to `before`: another model, tool, overlay or step of the tour, or a
// jump to a place that the visitor did not point at. It does not go through every drag.
bool is_elsewhere(const Moment& before, const Moment& now, const Actions& actions);

}  // namespace loom
