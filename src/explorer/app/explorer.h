// The explorer without its window: its data, its overlays and its open tool.
#pragma once

#include <memory>
#include <vector>

#include "explorer/overlays/overlay.h"
#include "explorer/session/session.h"
#include "explorer/tools/tool.h"

namespace loom {

// The overlays of one model, one per row of overlays(); null until first shown.
using OverlayLayers = std::vector<std::unique_ptr<OverlayLayer>>;

struct Explorer : Session {
  OverlayLayers layers, compared_layers;
  std::unique_ptr<ToolLayer> tool;  // the open one; null: none
  std::size_t tool_row = 0;         // its row of tools()
};

// The context of the overlay, for the model that is shown and for the one it is compared with. `plane`: the model's
// plane on the screen.
OverlayContext context_of(const Explorer& explorer, const Rect& plane);
OverlayContext compared_context_of(const Explorer& explorer, const Rect& plane);

// The overlay that is shown on either model's plane; null if there is none.
const OverlayLayer* layer_of(const Explorer& explorer);
const OverlayLayer* compared_layer_of(const Explorer& explorer);

}  // namespace loom
