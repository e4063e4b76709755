#include "explorer/app/pointer.h"

#include <cmath>

namespace loom {
namespace {

constexpr float kWheelZoom = 1.18f;                    // per step of the wheel
constexpr float kDoubleZoom = 2;                       // of a double press
constexpr float kHoverReach = 12, kHoverReachFinger = 22;  // points of the screen
constexpr float kPinReach = 16, kPinReachFinger = 26;  // points within which a press grabs a pin

// The mark within reach of a place on the screen, or -1.
std::int64_t mark_under(const OverlayContext& context, Point pointer, float points) {
  const LoadedModel& model = context.model;
  const float reach = points / points_per_unit(context.view, context.plane);
  return model.index.nearest(to_latent(context.view, context.plane, pointer), reach,
                             [&](std::uint32_t n) { return is_class_shown(context.state, model.file.test.labels[n]); });
}

}  // namespace

int pin_at(const Pins& pins, const View& view, const Input& input) {
  float nearest = input.finger ? kPinReachFinger : kPinReach;
  int best = -1;
  for (int i = 0; i < 2; ++i) {
    const std::optional<Point>& pin = pins[static_cast<std::size_t>(i)];
    if (!pin) continue;
    const float distance = length(to_screen(view, input.plane, *pin) - input.pointer);
    if (distance <= nearest) nearest = distance, best = i;
  }
  return best;
}

void hover(Explorer& explorer, const Input& input) {
  Interaction& at = explorer.interaction;
  const ExplorerState& state = explorer.state;
  const bool seen = state.marks && overlays()[state.overlay].marks > 0 && !tools()[state.tool].hides_marks;
  const bool can_hover = explorer.model && seen;
  const bool moves = input.placing || input.panning || input.placing_compared;
  // What a finger was held for stays until the finger moves or presses again.
  const bool same_press = input.press == 0 || input.press == at.hovered_press;
  if (input.finger && can_hover && at.hovered_press != 0 && same_press && (input.resting || !moves)) return;
  at.hovered = at.hovered_compared = -1, at.hovered_press = 0;
  if (!can_hover || (input.finger ? !input.resting : moves)) return;
  if (input.finger) at.hovered_press = input.press;
  const float reach = input.finger ? kHoverReachFinger : kHoverReach;
  if (input.over_plane) at.hovered = mark_under(context_of(explorer, input.plane), input.pointer, reach);
  if (input.over_compared && explorer.compared.model)
    at.hovered_compared = mark_under(compared_context_of(explorer, input.compared_plane), input.pointer, reach);
}

std::optional<Point> z_of_compared_press(const Explorer& explorer, const Input& input) {
  const ComparedModel& compared = explorer.compared;
  if (!compared.model || !input.placing_compared) return std::nullopt;
  const OverlayContext context = compared_context_of(explorer, input.compared_plane);
  const Point at = to_latent(context.view, input.compared_plane, input.pointer);
  if (!compared.by_image) return at;
  const std::int64_t n = nearest_image(*compared.model, at);
  if (n < 0) return std::nullopt;
  return explorer.model->mu[static_cast<std::size_t>(n)];
}

PlaneGesture gesture_on_compared(const Input& input) {
  const Rect& area = input.compared_plane;
  const bool pressed = input.double_press && area.contains(input.pointer);
  const bool pinched = input.pinch.active && area.contains(input.pinch.center);
  return {area, input.panning_compared, input.over_compared && input.wheel != 0, pressed, pinched};
}

PlaneGesture gesture_on_plane(const Input& input) {
  const PlaneGesture other = gesture_on_compared(input);
  return {input.plane, input.panning, input.over_plane && input.wheel != 0, input.double_press && !other.double_press,
          input.pinch.active && !other.pinch};
}

std::optional<View> moved_view(const View& view, const View& home, const Input& input, const PlaneGesture& gesture) {
  const Rect& area = gesture.area;
  std::optional<View> moved;
  if (gesture.pinch) {
    const View panned_by_two = panned(view, area, input.pinch.moved);
    moved = zoomed_within(panned_by_two, home, area, input.pinch.center, input.pinch.zoom);
  }
  if (gesture.panning && input.moved != Point{}) moved = panned(moved.value_or(view), area, input.moved);
  if (gesture.wheel)
    moved = zoomed_within(moved.value_or(view), home, area, input.pointer, std::pow(kWheelZoom, input.wheel));
  if (gesture.double_press) moved = zoomed_within(moved.value_or(view), home, area, input.pointer, kDoubleZoom);
  return moved;
}

void draw_shape(Interaction& interaction, const View& view, const Input& input, bool drawing) {
  constexpr float kApart = 4;
  constexpr std::size_t kMostCorners = 400, kFewestCorners = 3;
  std::vector<Point>& shape = interaction.shape;
  if (drawing && !interaction.drawing_shape) shape.clear();
  const bool ends = interaction.drawing_shape && !drawing;
  interaction.drawing_shape = drawing;
  if (drawing) {
    const bool far = shape.empty() || length(to_screen(view, input.plane, shape.back()) - input.pointer) >= kApart;
    if (!far || shape.size() == kMostCorners) return;
    shape.push_back(to_latent(view, input.plane, input.pointer));
  } else if (ends) {
    interaction.wants_shape = false;
    if (shape.size() < kFewestCorners) shape.clear();
  }
  ++interaction.shape_serial;
}

void drop_shape(Interaction& interaction) {
  interaction.wants_shape = interaction.drawing_shape = false;
  interaction.shape.clear();
  ++interaction.shape_serial;
}

}  // namespace loom
