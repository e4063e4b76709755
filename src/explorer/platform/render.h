// Renders the explorer to pixels without a window or a GPU. The result is what the page shows for the same state and
// size.
#pragma once

#include <functional>

#include "explorer/app/explorer.h"
#include "explorer/draw/textures.h"

namespace loom {

struct RenderSize {
  int width = 1280, height = 800;  // points
  float scale = 1;                 // device pixels per point
};

// Runs frames until nothing changes any more, so that overlays and tools are complete. serve(explorer) must handle
// take_requests as a platform does. Creates its own Dear ImGui context; there must be no other.
Pixels render(Explorer& explorer, const RenderSize& size, const std::function<void(Explorer&)>& serve);

}  // namespace loom
