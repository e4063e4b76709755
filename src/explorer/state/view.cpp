#include "explorer/state/view.h"

namespace loom {
namespace {

constexpr float kClosest = 1.0f / 400, kWidest = 6, kFarthest = 3;  // in half extents of the home view

// One coordinate within `reach` of the middle.
float clamped_coordinate(float x, float middle, float reach) {
  return std::isfinite(x) ? std::clamp(x, middle - reach, middle + reach) : middle;
}

}  // namespace

float points_per_unit(const View& view, const Rect& plane) {
  return std::max(1.0f, std::min(plane.width, plane.height)) / (2 * view.half);
}

Point to_screen(const View& view, const Rect& plane, Point z) {
  const float scale = points_per_unit(view, plane);
  const Point middle = plane.center();
  return {middle.x + (z.x - view.center.x) * scale, middle.y - (z.y - view.center.y) * scale};
}

Point to_latent(const View& view, const Rect& plane, Point at) {
  const float scale = points_per_unit(view, plane);
  const Point middle = plane.center();
  return {view.center.x + (at.x - middle.x) / scale, view.center.y - (at.y - middle.y) / scale};
}

View zoomed(const View& view, const Rect& plane, Point at, float factor) {
  const Point fixed = to_latent(view, plane, at);
  const View closer{view.center, view.half / factor};
  return {view.center + (fixed - to_latent(closer, plane, at)), closer.half};
}

View panned(const View& view, const Rect& plane, Point by) {
  const float scale = points_per_unit(view, plane);
  return {{view.center.x - by.x / scale, view.center.y + by.y / scale}, view.half};
}

View view_with(const View& view, const Rect& plane, Point z, float margin) {
  const Rect inside = plane.inset(margin);
  const Point at = to_screen(view, plane, z);
  const Point wanted{std::clamp(at.x, inside.x, inside.right()), std::clamp(at.y, inside.y, inside.bottom())};
  return wanted == at ? view : panned(view, plane, wanted - at);
}

View clamped_view(const View& view, const View& home) {
  const float reach = kFarthest * home.half;
  return {{clamped_coordinate(view.center.x, home.center.x, reach),
           clamped_coordinate(view.center.y, home.center.y, reach)},
          std::isfinite(view.half) ? std::clamp(view.half, kClosest * home.half, kWidest * home.half) : home.half};
}

Point clamped_z(Point z, const View& home) {
  const float reach = (kFarthest + kWidest) * home.half;
  return {clamped_coordinate(z.x, home.center.x, reach), clamped_coordinate(z.y, home.center.y, reach)};
}

}  // namespace loom
