// Renders the explorer to pixels, without a window or a GPU: what the page shows for the same state and size.
#pragma once

#include <functional>

#include "explorer/app/explorer.h"
#include "explorer/draw/textures.h"

namespace loom {

struct RenderSize {
  int width = 1280, height = 800;  // points
  float scale = 1;                 // device pixels per point
};

// Draws until nothing changes any more, so overlays and tools are complete. serve(explorer) must answer take_requests
// as a platform does. Has its own Dear ImGui context while it runs, so there must be no other.
Pixels render(Explorer& explorer, const RenderSize& size, const std::function<void(Explorer&)>& serve);

}  // namespace loom
