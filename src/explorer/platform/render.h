// The explorer as a picture, without window or graphics card: what the page shows for the same state and size.
#pragma once

#include <functional>

#include "explorer/app/explorer.h"
#include "explorer/draw/textures.h"

namespace loom {

struct RenderSize {
  int width = 1280, height = 800;  // points
  float scale = 1;                 // device pixels per point
};

// Draws until nothing changes any more: all that overlays and tools work out bit by bit is then there. Models that the
// state asks for come from serve(explorer), which answers take_requests as a platform does. Owns a Dear ImGui
// context of its own while it runs, so there must be no other.
Pixels render(Explorer& explorer, const RenderSize& size, const std::function<void(Explorer&)>& serve);

}  // namespace loom
