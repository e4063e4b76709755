// The overlay across a change of the model: one that the new model cannot have is withdrawn with a sentence, and comes
// back with the next model that can.
#pragma once

#include <cstddef>

#include "explorer/session/session.h"

namespace loom {

// The overlay that the model shown can have: `wanted` or none. What is withdrawn is kept, and a message says why.
std::size_t possible_overlay(Session& session, std::size_t wanted);

// The overlay for a new model: the one that was withdrawn, if this model can have it, else `now`.
std::size_t returned_overlay(Session& session, std::size_t now);

}  // namespace loom
