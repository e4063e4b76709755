#include "explorer/app/overlay_relay.h"

#include <utility>

#include "explorer/play/replayed_map.h"

namespace loom {
namespace {

// One of the two planes, and what its overlay is computed from.
struct Side {
  const LoadedModel* model;  // null: the plane shows none
  DerivedFields& derived;
  OverlayLayers& layers;
  OverlayRelay& relay;
};

Side shown_side(Explorer& e) { return {e.replayed.map ? e.replayed.map.get() : e.model, e.derived, e.layers, e.relay}; }
Side compared_side(Explorer& e) { return {e.compared.model, e.compared.derived, e.compared_layers, e.compared_relay}; }

// The context of the overlay of the marks that are shown, which during a training replay are not the model's own.
OverlayContext own_context_of(const Explorer& explorer, const Rect& plane) {
  const OverlayContext now = context_of(explorer, plane);
  const LoadedModel* map = explorer.replayed.map.get();
  return {.model = map ? *map : now.model,
          .state = now.state,
          .z = now.z,
          .view = now.view,
          .plane = now.plane,
          .fields = now.fields,
          .input = now.input,
          .motion = now.motion};
}

// The context of an earlier model's overlay, beside that of the model itself.
OverlayContext context_of_earlier(OverlayContext now, const EarlierOverlay& earlier) {
  return {.model = *earlier.model,
          .state = now.state,
          .z = now.z,
          .view = now.view,
          .plane = now.plane,
          .fields = earlier.derived.fields,
          .input = now.input};
}

bool fits(const Side& side, std::size_t overlay, const EarlierOverlay& earlier) {
  return side.model && side.model->id == earlier.model->id && overlay == earlier.row &&
         side.model->plane.choice() == earlier.model->plane.choice();
}

void hand_on(Side side, std::size_t overlay, const std::shared_ptr<LoadedModel>& before) {
  if (side.derived.model != before.get()) return;  // another model's, or no frame has worked on it
  EarlierOverlay now{before, std::exchange(side.derived, {}), std::exchange(side.layers, {}), overlay};
  if (std::exchange(side.relay.ready, false)) {
    side.relay.earlier = std::move(now);
    side.relay.earlier_in_work.reset();
  } else if (!side.relay.earlier_in_work) {
    side.relay.earlier_in_work = std::move(now);
  }
}

bool is_derived_of(const DerivedFields& derived, const LoadedModel& model) {
  return derived.model == &model && derived.projection_serial == model.projection_serial;
}

void sync(Side side, std::size_t overlay) {
  for (std::optional<EarlierOverlay>* each : {&side.relay.earlier, &side.relay.earlier_in_work})
    if (*each && !fits(side, overlay, **each)) each->reset();
  if (!side.model || is_derived_of(side.derived, *side.model)) return;
  side.relay.ready = false;
  side.derived = {.model = side.model, .projection_serial = side.model->projection_serial, .fields = {}};
  side.layers.clear();
}

bool work_on_layer(const OverlayContext& context, Fields& fields, OverlayLayers& layers, const Deadline& deadline) {
  const std::size_t row = context.state.overlay;
  if (row == 0 || !overlays()[row].refusal(context.model).empty()) return false;
  if (layers.empty()) layers.resize(overlays().size());
  if (!layers[row]) layers[row] = overlays()[row].make();
  return layers[row]->work(context, fields, deadline);
}

bool work_on(Side side, const OverlayContext& now, const Deadline& deadline) {
  if (std::optional<EarlierOverlay>& earlier = side.relay.earlier_in_work) {
    if (!work_on_layer(context_of_earlier(now, *earlier), earlier->derived.fields, earlier->layers, deadline))
      side.relay.earlier = std::exchange(earlier, std::nullopt);
    return true;
  }
  const bool more = work_on_layer(now, side.derived.fields, side.layers, deadline);
  side.relay.ready = !more;
  if (!more) side.relay.earlier.reset();
  return more;
}

}  // namespace

void hand_on_overlays(Explorer& explorer, const std::shared_ptr<LoadedModel>& before) {
  const std::size_t overlay = explorer.state.overlay;
  if (overlay == 0) return forget_earlier_overlays(explorer);
  hand_on(shown_side(explorer), overlay, before);
  hand_on(compared_side(explorer), overlay, before);
}

void forget_earlier_overlays(Explorer& explorer) {
  for (OverlayRelay* relay : {&explorer.relay, &explorer.compared_relay})
    relay->earlier.reset(), relay->earlier_in_work.reset();
}

const EarlierOverlay* shown_earlier(const OverlayRelay& relay) {
  if (relay.ready) return nullptr;
  if (relay.earlier) return &*relay.earlier;
  return relay.earlier_in_work ? &*relay.earlier_in_work : nullptr;
}

OverlayContext layer_context_of(const Explorer& explorer, const Rect& plane) {
  const EarlierOverlay* earlier = shown_earlier(explorer.relay);
  const OverlayContext now = own_context_of(explorer, plane);
  return earlier ? context_of_earlier(now, *earlier) : now;
}

OverlayContext compared_layer_context_of(const Explorer& explorer, const Rect& plane) {
  const EarlierOverlay* earlier = shown_earlier(explorer.compared_relay);
  const OverlayContext now = compared_context_of(explorer, plane);
  return earlier ? context_of_earlier(now, *earlier) : now;
}

void sync_overlays(Explorer& explorer) {
  sync(shown_side(explorer), explorer.state.overlay);
  sync(compared_side(explorer), explorer.state.overlay);
}

bool work_on_overlays(Explorer& explorer, const Rect& plane, const Rect& compared_plane, const Deadline& deadline) {
  bool more =
      !is_overlay_withdrawn(explorer) && work_on(shown_side(explorer), own_context_of(explorer, plane), deadline);
  if (explorer.compared.model && compared_plane.width > 0)
    more |= work_on(compared_side(explorer), compared_context_of(explorer, compared_plane), deadline);
  return more;
}

}  // namespace loom
