// The encoded test set as markers.
#pragma once

#include "explorer/draw/overlay_context.h"
#include "explorer/draw/painter.h"

namespace loom {

// Radius in points; markers grow slightly when zooming in.
float marker_radius(const View& view, const LoadedModel& model, const Rect& plane);

// Draws the markers that fall onto the plane, in the model's shuffled order; classes that are not shown stay as faint
// dots. While markers are moving, with their tails. `opacity`: 0 to 1, set by the overlay.
void draw_scatter(const Painter& painter, const OverlayContext& context, float opacity);

}  // namespace loom
