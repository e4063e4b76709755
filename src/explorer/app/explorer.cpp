#include "explorer/app/explorer.h"

#include "explorer/app/overlay_relay.h"

namespace loom {
namespace {

const OverlayLayer* layer_at(const OverlayLayers& layers, std::size_t row) {
  return row < layers.size() ? layers[row].get() : nullptr;
}

}  // namespace

OverlayContext context_of(const Explorer& explorer, const Rect& plane) {
  return {.model = *explorer.model,
          .state = explorer.state,
          .z = explorer.state.z,
          .view = current_view(explorer.state, explorer.model),
          .plane = plane,
          .fields = explorer.derived.fields,
          .input = &explorer.input.current(),
          .motion = explorer.motion.moving() ? &explorer.motion : nullptr};
}

OverlayContext compared_context_of(const Explorer& explorer, const Rect& plane) {
  const ComparedModel& compared = explorer.compared;
  // If both rings have the same z, both planes show the same view.
  const View view = compared.by_image ? compared.model->home : current_view(explorer.state, explorer.model);
  return {.model = *compared.model,
          .state = explorer.state,
          .z = compared.z,
          .view = view,
          .plane = plane,
          .fields = compared.derived.fields};
}

const OverlayLayer* layer_of(const Explorer& explorer) {
  const EarlierOverlay* earlier = shown_earlier(explorer.relay);
  return layer_at(earlier ? earlier->layers : explorer.layers, explorer.state.overlay);
}

const OverlayLayer* compared_layer_of(const Explorer& explorer) {
  const EarlierOverlay* earlier = shown_earlier(explorer.compared_relay);
  return layer_at(earlier ? earlier->layers : explorer.compared_layers, explorer.state.overlay);
}

}  // namespace loom
