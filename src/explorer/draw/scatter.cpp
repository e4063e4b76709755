#include "explorer/draw/scatter.h"

#include <cmath>

#include "explorer/model/training/dot_motion.h"

namespace loom {
namespace {

constexpr float kHomeRadius = 2.9f, kLargestRadius = 7;  // points
constexpr float kGrowth = 0.42f;                         // exponent: at ten times the zoom, 2.6 times the radius
constexpr float kReferenceSide = 640;                    // points: side of the plane that kHomeRadius is chosen for
constexpr float kReferenceCount = 10000;
constexpr float kOpacity = 0.82f, kFaintOpacity = 0.10f;
constexpr float kTailOpacity = 0.45f, kTailWidth = 1.5f;  // width in points
constexpr float kShortestTail = 1.5f;                     // points; a shorter one lies below its mark

ImVec4 bounds(const Painter& painter, const Rect& plane, float margin) {
  const ImVec2 low = painter.pixels({plane.x, plane.y}), high = painter.pixels({plane.right(), plane.bottom()});
  return {low.x - margin, low.y - margin, high.x + margin, high.y + margin};
}

// The colours of a class when it is shown and when it is not.
struct Inks {
  std::array<Color, 256> of_label;
};

Inks inks_of(const ExplorerState& state, const Palette& colors, float opacity) {
  Inks inks;
  for (std::size_t c = 0; c < inks.of_label.size(); ++c)
    inks.of_label[c] = is_class_shown(state, c) ? with_alpha(class_color(c), kOpacity * opacity)
                                                : with_alpha(colors.muted, kFaintOpacity * opacity);
  return inks;
}

// Two passes when classes are isolated, so that faint markers do not cover the others.
void draw_pass(const Painter& painter, const OverlayContext& context, const Inks& inks, bool shown) {
  const LoadedModel& model = context.model;
  const View& view = context.view;
  const Rect& plane = context.plane;
  const float radius = marker_radius(view, model, plane) * painter.scale();
  const SpriteSet& set = painter.atlas().sprites[radius > painter.atlas().sprites[0].radius * 1.4f];
  const float half = set.half_side * radius / set.radius;
  const float scale = points_per_unit(view, plane) * painter.scale();
  const ImVec2 middle = painter.pixels(to_screen(view, plane, {0, 0}));
  const ImVec4 inside = bounds(painter, plane, half);
  ImDrawList& list = painter.list();
  VectorPicture* vectors = painter.vectors();
  const auto count = static_cast<int>(model.draw_order.size());
  list.PrimReserve(6 * count, 4 * count);
  int drawn = 0;
  const std::vector<Point>& places = context.motion ? context.motion->places() : model.mu;
  for (const std::uint32_t n : model.draw_order) {
    const std::uint8_t label = model.file.test.labels[n];
    if (is_class_shown(context.state, label) != shown) continue;
    const float x = middle.x + places[n].x * scale, y = middle.y - places[n].y * scale;
    if (!(x > inside.x && x < inside.z && y > inside.y && y < inside.w)) continue;
    if (vectors) {
      painter.marker(label, Point{x, y} * (1 / painter.scale()), radius / painter.scale(), inks.of_label[label]);
      continue;
    }
    const Sprite& sprite = set.shapes[marker_of_class(label)];
    list.PrimRectUV({x - half, y - half}, {x + half, y + half}, sprite.uv_low, sprite.uv_high, inks.of_label[label]);
    ++drawn;
  }
  list.PrimUnreserve(6 * (count - drawn), 4 * (count - drawn));
}

// From where each moving mark was a moment ago to where it is; only of the classes that are shown.
void draw_tails(const Painter& painter, const OverlayContext& context, float opacity) {
  const std::vector<Point>&places = context.motion->places(), &tails = context.motion->tails();
  for (const std::uint32_t n : context.model.draw_order) {
    const std::uint8_t label = context.model.file.test.labels[n];
    if (!is_class_shown(context.state, label)) continue;
    const Point from = to_screen(context.view, context.plane, tails[n]);
    const Point to = to_screen(context.view, context.plane, places[n]);
    if (length(to - from) < kShortestTail) continue;
    painter.segment(from, to, with_alpha(class_color(label), kTailOpacity * opacity), kTailWidth);
  }
}

}  // namespace

float marker_radius(const View& view, const LoadedModel& model, const Rect& plane) {
  const float closeness = std::max(0.5f, model.home.half / view.half);
  const float room = std::sqrt(std::min(plane.width, plane.height) / kReferenceSide);
  const float sparseness = std::pow(kReferenceCount / std::max(1.0f, static_cast<float>(model.mu.size())), 0.15f);
  return std::min(kLargestRadius,
                  kHomeRadius * std::clamp(room, 0.75f, 1.25f) * sparseness * std::pow(closeness, kGrowth));
}

void draw_scatter(const Painter& painter, const OverlayContext& context, float opacity) {
  if (context.model.mu.empty() || opacity <= 0) return;
  painter.push_clip(context.plane);
  const Inks inks = inks_of(context.state, painter.colors(), opacity);
  if (context.motion) draw_tails(painter, context, opacity);
  if (context.state.isolated != 0) draw_pass(painter, context, inks, false);
  draw_pass(painter, context, inks, true);
  painter.pop_clip();
}

}  // namespace loom
