#include "explorer/app/explorer.h"

#include "explorer/app/overlay_relay.h"
#include "explorer/play/replayed_map.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/legends.h"

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
  const View view =
      compared.by_image ? compared.view.value_or(compared.model->home) : current_view(explorer.state, explorer.model);
  return {.model = *compared.model,
          .state = explorer.state,
          .z = compared.z,
          .view = view,
          .plane = plane,
          .fields = compared.derived.fields};
}

const OverlayLayer* layer_of(const Explorer& explorer) {
  if (is_overlay_withdrawn(explorer)) return nullptr;
  const EarlierOverlay* earlier = shown_earlier(explorer.relay);
  return layer_at(earlier ? earlier->layers : explorer.layers, explorer.state.overlay);
}

std::optional<View> view_of_opened_overlay(const Explorer& explorer, const Rect& plane) {
  const std::optional<OpenedOverlay>& opened = explorer.interaction.opened;
  const ExplorerState& state = explorer.state;
  if (!explorer.model || !opened || opened->overlay != state.overlay || plane.width < 1) return std::nullopt;
  if (opened->z != state.z || opened->view != state.view || is_locked(state, Lock::view)) return std::nullopt;
  const OverlayLayer* layer = layer_at(explorer.layers, state.overlay);
  return layer ? layer->closer_view(context_of(explorer, plane)) : std::nullopt;
}

std::optional<Legend> legend_of(const Explorer& explorer, const Rect& plane) {
  if (!explorer.model || explorer.state.overlay == 0) return std::nullopt;
  if (is_overlay_withdrawn(explorer)) {
    const std::string epoch = epoch_text(*explorer.replayed.map->epoch);
    Legend out;
    out.brief = texts::withdrawn_brief(epoch);
    out.lines.push_back(texts::overlay_withdrawn(epoch));
    return out;
  }
  const OverlayLayer* layer = layer_of(explorer);
  if (!layer) return std::nullopt;
  const OverlayContext context = layer_context_of(explorer, plane);
  Legend out = layer->legend(context);
  const LoadedModel& map = context.model;
  if (!map.epoch || map.sigma.empty()) return out;
  const std::string epoch = epoch_text(*map.epoch);
  out.brief = texts::brief_of_epoch(epoch, out.brief);
  out.lines.insert(out.lines.begin(), texts::from_marks(map.mu.size(), epoch, number_text(map.sigma[0].x, 2)));
  return out;
}

const OverlayLayer* compared_layer_of(const Explorer& explorer) {
  const EarlierOverlay* earlier = shown_earlier(explorer.compared_relay);
  return layer_at(earlier ? earlier->layers : explorer.compared_layers, explorer.state.overlay);
}

}  // namespace loom
