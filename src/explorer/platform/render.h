// Renders the explorer to pixels without a window or a GPU. The result is what the page shows for the same state and
// size.
#pragma once

#include <functional>
#include <memory>

#include "explorer/app/explorer.h"
#include "explorer/draw/textures.h"
#include "explorer/platform/vector_frame.h"

namespace loom {

struct RenderSize {
  int width = 1280, height = 800;  // points
  float scale = 1;                 // device pixels per point
};

// An explorer without a window. It creates its own Dear ImGui context; there must be no other. serve(explorer) must
// handle take_requests as a platform does.
class Stage {
 public:
  Stage(const RenderSize& size, std::function<void(Explorer&)> serve);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // Applies the actions, then runs frames until nothing changes any more, so that overlays and tools are complete.
  Pixels settle(Explorer& explorer, Actions actions = {});

  // The map as SVG, after settle(); everything else should be hidden (kAllButMap).
  VectorFrame vectors(Explorer& explorer);

 private:
  struct Parts;
  RenderSize size_;
  std::function<void(Explorer&)> serve_;
  std::unique_ptr<Parts> parts_;
};

// One picture. Runs frames until nothing changes any more, so that overlays and tools are complete.
Pixels render(Explorer& explorer, const RenderSize& size, const std::function<void(Explorer&)>& serve);

}  // namespace loom
