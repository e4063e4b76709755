// While a model is trained, each update has a new map, and its overlay takes a moment to compute. Until it is there,
// the last complete one stays in sight; one that is half done is finished first, so that slow overlays get on too.
#pragma once

#include <memory>

#include "explorer/app/explorer.h"

namespace loom {

// Call when `before`, which was shown, has been replaced by a model trained further: hands its overlay on.
void hand_on_overlay(Explorer& explorer, std::shared_ptr<LoadedModel> before);

// Forgets overlays of earlier models.
void forget_earlier_overlays(Explorer& explorer);

// The overlay of an earlier model that is shown instead of the model's own; null: its own is shown.
const EarlierOverlay* shown_earlier(const Explorer& explorer);

// Forgets what no longer fits: another overlay, model or plane has been chosen.
void check_earlier_overlays(Explorer& explorer);

// Computes the overlay of the model that is shown and, before it, that of an earlier one; until the deadline. Returns
// true while there is more to do.
bool work_on_overlays(Explorer& explorer, const Rect& plane, const Deadline& deadline);

// One overlay, in `layers`. Returns true while there is more to do.
bool work_on_layer(const OverlayContext& context, Fields& fields, OverlayLayers& layers, const Deadline& deadline);

}  // namespace loom
