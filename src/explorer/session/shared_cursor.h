// The rings of two compared models, which move together.
#pragma once

#include <string>

#include "explorer/session/session.h"

namespace loom {

// The model to compare with if none is chosen: the one after the model that is shown; empty if there is no other.
std::string next_model(const Session& session);

// What the state must hold for both rings to be at the same place.
struct SharedCursorPlace {
  Point z;
  std::int32_t image = -1;
};

// Sets where the ring of the second model is. Returns z and the chosen test image: z moves to the code of a newly
// chosen image, and an image is no longer chosen when z has been moved away from its code.
SharedCursorPlace join_rings(Session& session);

}  // namespace loom
