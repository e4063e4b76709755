// The encoded test set as markers.
#pragma once

#include "explorer/draw/overlay_context.h"
#include "explorer/draw/painter.h"

namespace loom {

// Radius in points at this zoom: markers grow a little as their neighbours move apart.
float marker_radius(const View& view, const LoadedModel& model, const Rect& plane);

// Draws what falls onto the plane, in the model's shuffled order; classes that are not shown stay as faint dots.
// With the opacity that the overlay leaves them.
void draw_scatter(const Painter& painter, const OverlayContext& context, float opacity);

}  // namespace loom
