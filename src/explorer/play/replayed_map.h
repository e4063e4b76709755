// What is true of the training replay's frame: overlays of its marks, and which classes are near the ring. The network
// of that time is not stored, so that what it would decode cannot be shown.
#pragma once

#include <memory>
#include <string>

#include "explorer/session/session.h"

namespace loom {

// Call in every frame, after the update. Returns the map that has been replaced by that of another frame, or null.
std::shared_ptr<LoadedModel> sync_replayed(Session& session);

// Whether the overlay that is chosen needs the network, while marks of an earlier epoch are shown.
bool is_overlay_withdrawn(const Session& session);

// "epoch 2"; epoch 0 is before the training
std::string epoch_text(float epoch);

}  // namespace loom
