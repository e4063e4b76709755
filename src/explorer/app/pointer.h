// What the pointer and two fingers mean on the plane: which pin or mark is under them, where they move the view, and
// the shape that they draw.
#pragma once

#include "explorer/app/explorer.h"
#include "explorer/app/input/input.h"

namespace loom {

// The pin within reach of the pointer, or -1.
int pin_at(const Pins& pins, const View& view, const Input& input);

// Sets Interaction::hovered and hovered_compared to the marks under the pointer.
void hover(Explorer& explorer, const Input& input);

// The z that a press on the second plane of a comparison chooses; none without such a press.
std::optional<Point> z_of_compared_press(const Explorer& explorer, const Input& input);

// What moves the view of one of the planes.
struct PlaneGesture {
  Rect area;
  bool panning = false, wheel = false, double_press = false, pinch = false;
};
PlaneGesture gesture_on_plane(const Input& input);
PlaneGesture gesture_on_compared(const Input& input);

// The view after panning, turning the wheel or a double press, or after moving two fingers; none: it stays. `home`: of
// the model, for the limits.
std::optional<View> moved_view(const View& view, const View& home, const Input& input, const PlaneGesture& gesture);

// A drag draws the shape, its corners a few points of the screen apart; when it ends, the shape is complete. `drawing`:
// the drag goes on.
void draw_shape(Interaction& interaction, const View& view, const Input& input, bool drawing);
void drop_shape(Interaction& interaction);

}  // namespace loom
