// The explorer without its window: its data, and the overlays and the tool at work on it.
#pragma once

#include <memory>
#include <vector>

#include "explorer/overlays/overlay.h"
#include "explorer/session/session.h"
#include "explorer/tools/tool.h"

namespace loom {

// The overlays of one model that were shown so far, one per row of overlays(); null until first shown.
using OverlayLayers = std::vector<std::unique_ptr<OverlayLayer>>;

struct Explorer : Session {
  OverlayLayers layers, compared_layers;
  std::unique_ptr<ToolLayer> tool;  // of state.tool
  std::size_t tool_row = 0;         // which one that is
};

// What the overlay is computed and drawn for: the model's own plane, or that of the one it is compared with.
OverlayContext context_of(const Explorer& explorer, const Rect& plane);
OverlayContext compared_context_of(const Explorer& explorer, const Rect& plane);

// The overlay that is shown, at work on a model; null if there is none yet.
const OverlayLayer* layer_of(const Explorer& explorer);
const OverlayLayer* compared_layer_of(const Explorer& explorer);

}  // namespace loom
