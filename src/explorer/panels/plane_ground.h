// What lies on a plane below its labels and rings: grid, overlay and marks.
#pragma once

#include "explorer/panels/panels.h"

namespace loom {

inline constexpr float kTickSpacing = 88;  // least distance of grid lines, in points

// An overlay, with its own context.
struct Overlaid {
  const OverlayLayer* layer;
  const OverlayContext& context;
};

void draw_ground(const Painter& painter, const OverlayContext& context, const Overlaid& overlaid, bool marks,
                 Textures& textures);

// The same from a cached texture, as long as nothing of it changes.
void draw_cached_ground(const Painter& painter, const OverlayContext& context, const Overlaid& overlaid, bool marks,
                        Ui& ui);

}  // namespace loom
