// Which part of the latent plane is on the screen, and the way between the two. Both axes have the same scale, so that
// circles of the prior are circles.
#pragma once

#include "explorer/state/rect.h"

namespace loom {

struct View {
  Point center;     // latent coordinates in the middle of the plane
  float half = 3.5;  // latent units from there to the nearer edge

  bool operator==(const View&) const = default;
};

float points_per_unit(const View& view, const Rect& plane);
Point to_screen(const View& view, const Rect& plane, Point z);
Point to_latent(const View& view, const Rect& plane, Point at);

// Magnifies by `factor` so that the place under `at` (on the screen) stays there.
View zoomed(const View& view, const Rect& plane, Point at, float factor);
// Moves what is seen by `by` on the screen.
View panned(const View& view, const Rect& plane, Point by);

// The nearest view that still shows something: no closer than 1/400 of `home`, no wider than 6 times, and its centre
// within 3 homes. NaN and infinities become home's values.
View clamped_view(const View& view, const View& home);
Point clamped_z(Point z, const View& home);

}  // namespace loom
