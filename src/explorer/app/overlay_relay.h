// While a model is trained, each update has a new map, and its overlay takes a moment to compute. Until it is there,
// the last complete one stays in sight; one that is half done is finished first, so that slow overlays get on too. The
// two planes of a comparison each have a relay.
#pragma once

#include <memory>

#include "explorer/app/explorer.h"

namespace loom {

// Call when `before` has been replaced by a model trained further: hands its overlay on, on the plane that shows it.
void hand_on_overlays(Explorer& explorer, const std::shared_ptr<LoadedModel>& before);

// Forgets overlays of earlier models.
void forget_earlier_overlays(Explorer& explorer);

// The overlay of an earlier model that is shown instead of the model's own; null: its own is shown.
const EarlierOverlay* shown_earlier(const OverlayRelay& relay);

// Call in every frame before any work: forgets what no longer fits, such as overlays of another model or plane.
void sync_overlays(Explorer& explorer);

// Computes the overlay of each plane and, before it, that of an earlier model; until the deadline. A plane without
// width is not shown. Returns true while there is more to do.
bool work_on_overlays(Explorer& explorer, const Rect& plane, const Rect& compared_plane, const Deadline& deadline);

}  // namespace loom
