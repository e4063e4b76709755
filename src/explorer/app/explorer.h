// The explorer without its window: its data, its overlays and its open tool.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "explorer/overlays/overlay.h"
#include "explorer/session/session.h"
#include "explorer/tools/tool.h"

namespace loom {

// The overlays of one model, one per row of overlays(); null until first shown.
using OverlayLayers = std::vector<std::unique_ptr<OverlayLayer>>;

// The overlay of a model that has been replaced by one trained further.
struct EarlierOverlay {
  std::shared_ptr<LoadedModel> model;
  DerivedFields derived;
  OverlayLayers layers;
  std::size_t row = 0;  // of overlays()
};

// What stands for a plane's overlay until it is complete (overlay_relay.h): that of an earlier model, one that is
// complete and one still in work.
struct OverlayRelay {
  bool ready = false;  // the overlay of the model itself is complete
  std::optional<EarlierOverlay> earlier, earlier_in_work;
};

struct Explorer : Session {
  OverlayLayers layers, compared_layers;
  OverlayRelay relay, compared_relay;
  std::unique_ptr<ToolLayer> tool;  // the open one; null: none
  std::size_t tool_row = 0;         // its row of tools()
};

// Null until the tool that the state names has been made.
inline const ToolLayer* open_tool(const Explorer& explorer) {
  return explorer.tool_row == explorer.state.tool ? explorer.tool.get() : nullptr;
}

// The context of the marks and of the model's own overlay, for the model that is shown and for the one it is compared
// with. `plane`: the model's plane on the screen.
OverlayContext context_of(const Explorer& explorer, const Rect& plane);
OverlayContext compared_context_of(const Explorer& explorer, const Rect& plane);

// The overlay that is shown on either model's plane; null if there is none. It may still be the one of an earlier
// model, so it has a context of its own (overlay_relay.cpp).
const OverlayLayer* layer_of(const Explorer& explorer);
OverlayContext layer_context_of(const Explorer& explorer, const Rect& plane);
// Where the overlay that the visitor has just opened is seen better; none if it is seen well, if that is not known yet,
// or if the visitor has moved something since.
std::optional<View> view_of_opened_overlay(const Explorer& explorer, const Rect& plane);
// Its legend, or why it is not shown beside the marks of a training replay.
std::optional<Legend> legend_of(const Explorer& explorer, const Rect& plane);
const OverlayLayer* compared_layer_of(const Explorer& explorer);
OverlayContext compared_layer_context_of(const Explorer& explorer, const Rect& plane);

}  // namespace loom
