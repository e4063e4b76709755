// Functions with which the page and its tests ask what is shown and where. They change nothing.
#include <limits>
#include <utility>

#include "explorer/app/access/accessibility_tree.h"
#include "explorer/app/access/find.h"
#include "explorer/platform/platform_web.h"

using namespace loom;

LOOM_EXPORT double loom_z(int axis) {
  const Point z = page().session.explorer.state.z;
  return axis == 0 ? z.x : z.y;
}
LOOM_EXPORT double loom_screen(int axis, double z1, double z2) {
  const Explorer& explorer = page().session.explorer;
  const Rect plane = layout_now(page().session).plane;
  const Point at =
      to_screen(current_view(explorer.state, explorer.model), plane, {static_cast<float>(z1), static_cast<float>(z2)});
  return (axis == 0 ? at.x : at.y) * page_units_per_point(page().session);
}
// The rectangle of a part of the window, in CSS pixels. `side`: 0 to 3 for x, y, width, height. NaN for an unknown
// name.
LOOM_EXPORT double loom_place(const char* name, int length, int side) {
  const Layout places = layout_now(page().session);
  const std::pair<std::string_view, Rect> parts[]{
      {"plane", places.plane},
      {"header", places.header},
      {"decoded", places.decoded},
      {"reading", places.reading},
      {"legend", places.legend},
      {"tool", places.tool},
      {"other", places.compared_plane},
      {"controls", controls_place(page().session)},  // in the header, for the page's own button
  };
  for (const auto& [part, place] : parts)
    if (const Rect r = in_page(page().session, place); part == view(name, length))
      return side == 0 ? r.x : side == 1 ? r.y : side == 2 ? r.width : r.height;
  return std::numeric_limits<double>::quiet_NaN();
}
// The rectangle of the last pressable with this id, like loom_place; zeros if there is none in the last frame.
LOOM_EXPORT double loom_pressable(const char* id, int length, int side) {
  const Pressables& all = page().session.ui.drawn.pressables;
  for (auto it = all.rbegin(); it != all.rend(); ++it)
    if (it->first == view(id, length)) {
      const Rect r = in_page(page().session, it->second);
      return side == 0 ? r.x : side == 1 ? r.y : side == 2 ? r.width : r.height;
    }
  return 0;
}
// What the text of the search may mean, as JSON (find.h).
LOOM_EXPORT const char* loom_find(const char* query, int length) {
  page().found = find_results(page().session.explorer, view(query, length));
  return page().found.c_str();
}
LOOM_EXPORT double loom_encoded(int axis, int n) {
  const LoadedModel* model = page().session.explorer.model;
  if (!model || n < 0 || static_cast<std::size_t>(n) >= model->mu.size()) return 0;
  const Point mu = model->mu[static_cast<std::size_t>(n)];
  return axis == 0 ? mu.x : mu.y;
}
// CPU time of the last frame in milliseconds, without the work of browser and GPU.
LOOM_EXPORT double loom_frame_milliseconds() { return page().session.frame_milliseconds; }
LOOM_EXPORT double loom_frames() { return static_cast<double>(page().session.frames); }
LOOM_EXPORT double loom_decode_microseconds() { return page().session.explorer.decoder.picture().microseconds; }
LOOM_EXPORT double loom_hovered() { return static_cast<double>(page().session.explorer.interaction.hovered); }
// Whether the last frame showed its original.
LOOM_EXPORT bool loom_hovered_original() { return page().session.explorer.hovered_original.pixels.size() > 0; }
LOOM_EXPORT const float* loom_picture() { return page().session.explorer.decoder.picture().pixels.data(); }
LOOM_EXPORT int loom_picture_size(int axis) {
  const LoadedModel* model = page().session.explorer.model;
  if (!model) return 0;
  const ImageShape& shape = model->file.model.spec.image;
  return static_cast<int>(axis == 0 ? shape.width : shape.height);
}
LOOM_EXPORT const char* loom_state() { return page().link.c_str(); }
LOOM_EXPORT const char* loom_spoken() { return page().spoken.c_str(); }
LOOM_EXPORT const char* loom_model() {
  const LoadedModel* model = page().session.explorer.model;
  return model ? model->id.c_str() : "";
}
LOOM_EXPORT const char* loom_message() {
  const std::optional<Message>& message = page().session.explorer.message;
  return message ? message->text.c_str() : "";
}
