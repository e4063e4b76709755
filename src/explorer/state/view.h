// Which part of the latent plane is on the screen, and the mapping between the two. Both axes have the same scale, so
// that the circles of the prior are circles.
#pragma once

#include "explorer/state/rect.h"

namespace loom {

struct View {
  Point center;     // latent coordinates in the middle of the plane
  float half = 3.5;  // half extent: latent units from the centre to the nearer edge

  bool operator==(const View&) const = default;
};

// Points of the screen per latent unit.
float points_per_unit(const View& view, const Rect& plane);
// From latent coordinates to the screen, in points, and back. z2 grows upwards.
Point to_screen(const View& view, const Rect& plane, Point z);
Point to_latent(const View& view, const Rect& plane, Point at);

// Zooms in by `factor`, keeping the latent point under `at` (on the screen) where it is.
View zoomed(const View& view, const Rect& plane, Point at, float factor);
// The same within the limits of clamped_view. At a limit nothing moves.
View zoomed_within(const View& view, const View& home, const Rect& plane, Point at, float factor);
// Whether there is room before the limit to zoom in (factor > 1) or out.
bool can_zoom(const View& view, const View& home, float factor);
// Moves the content by `by`, in points of the screen.
View panned(const View& view, const Rect& plane, Point by);

// Pans as little as needed for z to be `margin` points inside the edges of the plane.
View view_with(const View& view, const Rect& plane, Point z, float margin);

// Where the way from the middle of `inside` to `at` leaves it; `at` itself if it is inside.
Point edge_towards(const Rect& inside, Point at);

// The nearest allowed view: half extent from 1/100 to 3 times that of `home`, and each coordinate of the centre at most
// 3 times home.half from home's centre. NaN and infinities become home's values.
View clamped_view(const View& view, const View& home);
// The nearest allowed z: each coordinate at most 6 times home.half from home's centre; NaN becomes that centre.
Point clamped_z(Point z, const View& home);

}  // namespace loom
