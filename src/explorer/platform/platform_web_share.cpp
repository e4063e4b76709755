// Functions for the share dialog (web/share.js): what the link leaves out, and pictures of any size.
#include <imgui.h>

#include <cfloat>
#include <utility>

#include "explorer/app/navigation/linked.h"
#include "explorer/app/update.h"
#include "explorer/platform/platform_web.h"
#include "explorer/state/parts.h"

using namespace loom;

LOOM_EXPORT const char* loom_missing_in_link() {
  page().missing = missing_in_link(page_explorer());
  return page().missing.c_str();
}

// Draws one frame of this size in device pixels, with its overlay complete, without messages and the parts in `hide`.
// The page sets the size of a WebGL canvas before. Call loom_end_sized afterwards, also if this returns false, which
// it does without a graphics context.
LOOM_EXPORT bool loom_draw_sized(int width, int height, double scale, const char* hide, int length, bool dark) {
  constexpr int kMostFrames = 1000;
  Page& p = page();
  PlatformWindow& session = p.session;
  Explorer& explorer = session.explorer;
  if (!p.has_graphics || p.before_picture) return false;
  p.before_picture =
      BeforePicture{explorer.state, std::exchange(explorer.message, {}), std::exchange(explorer.welcome, false)};
  ExplorerState state = explorer.state;
  state.hidden |= read_parts(view(hide, length));
  state.theme = dark ? Theme::dark : Theme::light;
  state.help = false;
  set_state(explorer, std::move(state));
  session.forced_size = {width, height};
  session.forced_scale = static_cast<float>(scale);
  ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  session.last_event = SDL_GetTicks64();  // a page that is drawn for a picture is not idle
  want_frames(session);
  for (int i = 0; i < kMostFrames && draw_frame(session); ++i) {
  }
  present(session);
  return true;
}

LOOM_EXPORT void loom_end_sized() {
  Page& p = page();
  p.vectors = {};
  if (!p.before_picture) return;
  Explorer& explorer = p.session.explorer;
  p.session.forced_size = {};
  p.session.forced_scale = 0;
  set_state(explorer, std::move(p.before_picture->state));
  explorer.message = std::move(p.before_picture->message);
  explorer.welcome = p.before_picture->welcome;
  p.before_picture.reset();
}

// The map as SVG, after loom_draw_sized with everything else hidden. Its images follow.
LOOM_EXPORT const char* loom_svg() {
  Page& p = page();
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float scale = p.session.ui.atlas.scale;
  p.vectors = vector_frame(p.session.ui, size.x / scale, size.y / scale, palette(page_explorer().dark()).panel,
                           [&] { draw_frame(p.session); });
  return p.vectors.svg.c_str();
}
// The name of image `i`, or null after the last.
LOOM_EXPORT const char* loom_svg_image(std::size_t i) {
  const VectorFrame& frame = page().vectors;
  return i < frame.images.size() ? frame.images[i].first.c_str() : nullptr;
}
LOOM_EXPORT const Color* loom_svg_pixels(std::size_t i) { return page().vectors.images[i].second.values.data(); }
LOOM_EXPORT int loom_svg_size(std::size_t i, bool height) {
  const Pixels& pixels = page().vectors.images[i].second;
  return height ? pixels.height : pixels.width;
}
