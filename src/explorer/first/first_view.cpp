#include "explorer/first/first_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "explorer/draw/palette.h"
#include "explorer/draw/upscale.h"
#include "explorer/layout/borders.h"
#include "explorer/layout/enlargement.h"
#include "explorer/layout/picture_place.h"
#include "explorer/link/link_place.h"

namespace loom {
namespace {

// Values of state.tool in this module, which has no table of tools: any tool with a panel, and the tool that splits the
// plane.
constexpr std::size_t kAnyTool = 1, kSplittingTool = 2;
constexpr std::string_view kSplits = "compare";

void read_whether_tool(std::string_view text, ExplorerState& state) {
  state.tool = text.empty() ? 0 : text == kSplits ? kSplittingTool : kAnyTool;
}

constexpr std::array kFirstRows{
    kZRow,       kPlaneRow,  kThemeRow,
    kDisplayRow, kHiddenRow, LinkRow{"tool", "path", bit(Lock::tool), {nullptr, read_whether_tool, nullptr}}};

// Draws like Painter (painter.h), snapped to the same device pixels.
class Pen {
 public:
  Pen(float scale, std::vector<FirstShape>& shapes) : scale_(scale), shapes_(shapes) {}

  void fill(const Rect& r, Color color, float radius = 0) { add(FirstKind::fill, r, radius, 0, color); }
  void picture(const Rect& r) { add(FirstKind::picture, r, 0, 0, 0); }
  void outline(const Rect& r, Color color, float radius) {
    const float width = line_width();
    add(FirstKind::outline, r, radius, width, color);
    FirstShape& shape = shapes_.back();
    shape.x += width / 2, shape.y += width / 2, shape.width -= width, shape.height -= width;
  }
  // Vertical or horizontal.
  void line(Point from, Point to, Color color) {
    add(FirstKind::fill, {from.x, from.y, to.x - from.x, to.y - from.y}, 0, 0, color);
    FirstShape& shape = shapes_.back();
    (from.x == to.x ? shape.width : shape.height) = line_width();
  }

 private:
  float line_width() const { return std::max(1.0f, std::round(scale_)); }
  float snapped(float x) const { return std::round(x * scale_); }
  void add(FirstKind kind, const Rect& r, float radius, float thickness, Color color) {
    const float x = snapped(r.x), y = snapped(r.y);
    shapes_.push_back({kind, x, y, snapped(r.right()) - x, snapped(r.bottom()) - y, radius * scale_, thickness, color});
  }

  float scale_;
  std::vector<FirstShape>& shapes_;
};

// The plane or, without one, the largest strip beside the image.
Rect place_for_words(const Layout& places) {
  if (places.plane.width > 0) return places.plane;
  const Rect &all = places.panel, &g = places.decoded;
  const std::array strips{
      Rect{all.x, g.bottom(), all.width, all.bottom() - g.bottom()}, Rect{all.x, all.y, all.width, g.y - all.y},
      Rect{g.right(), all.y, all.right() - g.right(), all.height}, Rect{all.x, all.y, g.x - all.x, all.height}};
  return *std::max_element(strips.begin(), strips.end(), [](const Rect& a, const Rect& b) {
    return std::min(a.width, 6 * a.height) < std::min(b.width, 6 * b.height);
  });
}

// In the points of the layout.
FirstWindow in_points(FirstWindow window, DisplaySize display) {
  const float larger = enlargement(window.width, window.height, display);
  window.width /= larger, window.height /= larger, window.scale *= larger;
  return window;
}

void draw(const DecoderStart& start, const FirstWindow& window, FirstLook& look) {
  const Palette& colors = palette(look.dark);
  const Layout& places = look.places;
  const ImageShape& shape = start.model.spec.image;
  Pen pen(window.scale, look.shapes);
  pen.fill({0, 0, window.width, window.height}, colors.panel);
  if (places.plane.width > 0) pen.fill(places.plane, colors.plane);
  for (const Border& border : borders(places, places.plane)) pen.line(border.from, border.to, colors.line);
  pen.fill(places.decoded, colors.paper, kPictureRadius);
  pen.picture(picture_place(places.decoded, shape));
  pen.outline(places.decoded, colors.line, kPictureRadius);

  const Index factor = picture_factor(places.decoded, shape, window.scale);
  look.picture = upscaled_alpha({look.pixels.data(), static_cast<std::size_t>(shape.size())}, shape, factor);
  for (std::uint32_t& pixel : look.picture) pixel = (pixel & 0xff000000u) | (colors.pencil & 0x00ffffffu);
  look.picture_width = static_cast<int>(shape.width * factor);
  look.picture_height = static_cast<int>(shape.height * factor);
}

}  // namespace

std::optional<FirstLook> first_look(const DecoderStart& start, std::string_view link, const FirstWindow& seen) {
  const ExplorerState state = read_fields(link, kFirstRows);
  const FirstWindow window = in_points(seen, state.display);
  const std::optional<RowVector> code = first_code(start, state);
  if (!code || state.tool == kSplittingTool) return std::nullopt;
  FirstLook look;
  look.pixels_per_point = window.scale;
  look.places = layout(window.width, window.height, {.tool = state.tool != 0, .split = false, .hidden = state.hidden});
  if (look.places.decoded.width < 1) return std::nullopt;
  look.dark = state.theme == Theme::automatic ? window.dark : state.theme == Theme::dark;
  look.z = {static_cast<float>((*code)[0]), static_cast<float>((*code)[1])};
  look.words = place_for_words(look.places);
  Workspace workspace;
  decode(start.model, *code, workspace, look.pixels);
  draw(start, window, look);
  return look;
}

}  // namespace loom
