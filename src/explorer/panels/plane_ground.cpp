#include "explorer/panels/plane_ground.h"

#include "core/ticks.h"
#include "explorer/draw/scatter.h"

namespace loom {
namespace {

void draw_grid(const Painter& painter, const View& view, const Rect& area) {
  const Palette& colors = painter.colors();
  const Point low = to_latent(view, area, {area.x, area.bottom()});
  const Point high = to_latent(view, area, {area.right(), area.y});
  const double spacing = kTickSpacing / points_per_unit(view, area);
  for (const double x : ticks(low.x, high.x, spacing).values) {
    const float at = to_screen(view, area, {static_cast<float>(x), 0}).x;
    painter.line({at, area.y}, {at, area.bottom()}, x == 0 ? colors.axis : colors.grid);
  }
  for (const double y : ticks(low.y, high.y, spacing).values) {
    const float at = to_screen(view, area, {0, static_cast<float>(y)}).y;
    painter.line({area.x, at}, {area.right(), at}, y == 0 ? colors.axis : colors.grid);
  }
}

// Dear ImGui calls this while drawing, when only grid, overlay and markers are in the frame.
void capture_layer(const ImDrawList*, const ImDrawCmd* command) {
  PlaneLayer& layer = *static_cast<PlaneLayer*>(command->UserCallbackData);
  const Rect plane = layer.asked.plane;
  const int height = static_cast<int>(plane.height);
  const int below = static_cast<int>(ImGui::GetDrawData()->DisplaySize.y) - static_cast<int>(plane.y) - height;
  layer.texture = layer.capture(layer.texture, static_cast<int>(plane.x), below, static_cast<int>(plane.width), height);
  layer.captured = layer.asked;
}

}  // namespace

void draw_ground(const Painter& painter, const OverlayContext& context, const Overlaid& overlaid, bool marks,
                 Textures& textures) {
  painter.fill(context.plane, painter.colors().plane);
  if (!is_hidden(context.state, Part::axes)) draw_grid(painter, context.view, context.plane);
  if (overlaid.layer && context.state.overlay != 0)
    overlaid.layer->draw(overlaid.context, {painter, context.plane, context.view}, textures);
  if (marks && context.state.marks) draw_scatter(painter, context, overlays()[context.state.overlay].marks);
}

void draw_cached_ground(const Painter& painter, const OverlayContext& context, const Overlaid& overlaid, bool marks,
                        Ui& ui) {
  PlaneLayer& kept = ui.layer;
  if (context.motion || painter.vectors()) {
    kept.asked = kept.captured = {};
    return draw_ground(painter, context, overlaid, marks, ui.textures);
  }
  const PlaneLayer::Key key{&context.model,
                            context.view,
                            context.state.isolated,
                            painter.colors().dark,
                            context.state.marks,
                            !marks,
                            !is_hidden(context.state, Part::axes),
                            context.state.overlay,
                            overlaid.layer ? overlaid.layer->serial() : 0,
                            overlaid.context.model.projection_serial,
                            context.model.projection_serial,
                            painter.pixel_rect(context.plane),
                            painter.scale()};
  if (kept.texture && kept.captured == key) return painter.frame_image(kept.texture, context.plane);
  draw_ground(painter, context, overlaid, marks, ui.textures);
  // Captured when two frames have the same key: while the view moves, capturing each frame would be wasted.
  if (kept.capture && kept.asked == key) painter.list().AddCallback(capture_layer, &kept);
  kept.asked = key;
}

}  // namespace loom
