#include "explorer/app/overlay_relay.h"

#include <utility>

namespace loom {
namespace {

bool fits(const Explorer& explorer, const EarlierOverlay& earlier) {
  return explorer.model && explorer.model->id == earlier.model->id && explorer.state.overlay == earlier.row &&
         explorer.model->plane.choice() == earlier.model->plane.choice();
}

}  // namespace

void hand_on_overlay(Explorer& explorer, std::shared_ptr<LoadedModel> before) {
  if (explorer.state.overlay == 0) return forget_earlier_overlays(explorer);
  if (explorer.derived.model != before.get()) return;  // no frame has worked on it
  EarlierOverlay now{std::move(before), std::exchange(explorer.derived, {}), std::exchange(explorer.layers, {}),
                     explorer.state.overlay};
  if (std::exchange(explorer.layer_ready, false)) {
    explorer.earlier = std::move(now);
    explorer.earlier_in_work.reset();
  } else if (!explorer.earlier_in_work) {
    explorer.earlier_in_work = std::move(now);
  }
}

void forget_earlier_overlays(Explorer& explorer) { explorer.earlier.reset(), explorer.earlier_in_work.reset(); }

const EarlierOverlay* shown_earlier(const Explorer& explorer) {
  if (explorer.layer_ready) return nullptr;
  if (explorer.earlier) return &*explorer.earlier;
  return explorer.earlier_in_work ? &*explorer.earlier_in_work : nullptr;
}

OverlayContext layer_context_of(const Explorer& explorer, const Rect& plane) {
  const EarlierOverlay* earlier = shown_earlier(explorer);
  return earlier ? context_of(explorer, *earlier->model, earlier->derived.fields, plane) : context_of(explorer, plane);
}

void check_earlier_overlays(Explorer& explorer) {
  for (std::optional<EarlierOverlay>* each : {&explorer.earlier, &explorer.earlier_in_work})
    if (*each && !fits(explorer, **each)) each->reset();
}

bool work_on_layer(const OverlayContext& context, Fields& fields, OverlayLayers& layers, const Deadline& deadline) {
  const std::size_t row = context.state.overlay;
  if (row == 0 || !overlays()[row].refusal(context.model).empty()) return false;
  if (layers.empty()) layers.resize(overlays().size());
  if (!layers[row]) layers[row] = overlays()[row].make();
  return layers[row]->work(context, fields, deadline);
}

bool work_on_overlays(Explorer& explorer, const Rect& plane, const Deadline& deadline) {
  if (std::optional<EarlierOverlay>& earlier = explorer.earlier_in_work) {
    const OverlayContext context = context_of(explorer, *earlier->model, earlier->derived.fields, plane);
    if (!work_on_layer(context, earlier->derived.fields, earlier->layers, deadline))
      explorer.earlier = std::exchange(earlier, std::nullopt);
    return true;
  }
  const bool more = work_on_layer(context_of(explorer, plane), explorer.derived.fields, explorer.layers, deadline);
  explorer.layer_ready = !more;
  if (!more) explorer.earlier.reset();
  return more;
}

}  // namespace loom
