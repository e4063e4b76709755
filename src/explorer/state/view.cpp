#include "explorer/state/view.h"

namespace loom {
namespace {

// In half extents of the home view. In the closest view the numbers at the axes are hundredths, as many digits as are
// shown of z; in the widest the marks still are a third of it.
constexpr float kClosest = 1.0f / 100, kWidest = 3, kFarthest = 3;

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

View zoomed_within(const View& view, const View& home, const Rect& plane, Point at, float factor) {
  const float half = std::clamp(view.half / factor, kClosest * home.half, kWidest * home.half);
  return half == view.half ? view : zoomed(view, plane, at, view.half / half);
}

bool can_zoom(const View& view, const View& home, float factor) {
  return factor > 1 ? view.half > kClosest * home.half : view.half < kWidest * home.half;
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

Point edge_towards(const Rect& inside, Point at) {
  const Point middle = inside.center(), way = at - middle;
  const float across = std::fabs(way.x) / std::max(1.0f, inside.width / 2);
  const float up = std::fabs(way.y) / std::max(1.0f, inside.height / 2);
  return middle + way * (1 / std::max(1.0f, std::max(across, up)));
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
