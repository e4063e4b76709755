#include "explorer/draw/painter.h"

#include <cmath>
#include <numbers>
#include <string>

#include "explorer/draw/svg/vector_picture.h"
#include "explorer/layout/wrap.h"

namespace loom {
namespace {

constexpr float kDash = 5, kGap = 4;  // points
constexpr int kMostDashes = 720;      // of a circle far larger than the screen

const char* begin_of(std::string_view words) { return words.data(); }
const char* end_of(std::string_view words) { return words.data() + words.size(); }

}  // namespace

float Painter::snapped(float x) const { return std::round(x * scale()); }

void Painter::fill(Rect r, Color color, float radius) const {
  if (vectors()) return vectors()->rect(r, color, radius);
  list_->AddRectFilled({snapped(r.x), snapped(r.y)}, {snapped(r.right()), snapped(r.bottom())}, color,
                       radius * scale());
}

void Painter::shadow(Rect r, float radius) const {
  for (const float spread : {2.0f, 5.0f, 9.0f, 14.0f})
    fill(Rect{r.x, r.y + 3, r.width, r.height}.inset(-spread), with_alpha(rgb(0x000000), 0.035f), radius + spread);
}

void Painter::outline(Rect r, Color color, float radius, float thickness) const {
  if (vectors()) return vectors()->rect(r, color, radius, thickness);
  const float width = std::max(1.0f, std::round(thickness * scale())), in = width / 2;
  // AddRect moves its corners half a pixel inwards. This is undone here, so that the line lies exactly inside r.
  list_->AddRect({snapped(r.x) + in - 0.5f, snapped(r.y) + in - 0.5f},
                 {snapped(r.right()) - in + 0.5f, snapped(r.bottom()) - in + 0.5f}, color, radius * scale(), 0, width);
}

void Painter::line(Point from, Point to, Color color, float thickness) const {
  if (vectors()) return segment(from, to, color, thickness);
  const float width = std::max(1.0f, std::round(thickness * scale()));
  if (from.x == to.x || from.y == to.y) {
    const float x = snapped(std::min(from.x, to.x)), y = snapped(std::min(from.y, to.y));
    const bool upright = from.x == to.x;
    list_->AddRectFilled(
        {x, y},
        {upright ? x + width : snapped(std::max(from.x, to.x)), upright ? snapped(std::max(from.y, to.y)) : y + width},
        color);
    return;
  }
  list_->AddLine(pixels(from), pixels(to), color, thickness * scale());
}

void Painter::segment(Point from, Point to, Color color, float thickness) const {
  if (vectors()) return vectors()->path(std::array{from, to}, color, thickness);
  list_->AddLine(pixels(from), pixels(to), color, thickness * scale());
}

void Painter::polyline(std::span<const Point> points, Color color, float thickness) const {
  if (vectors()) return vectors()->path(points, color, thickness);
  std::vector<ImVec2> path;
  path.reserve(points.size());
  for (const Point& p : points) path.push_back(pixels(p));
  list_->AddPolyline(path.data(), static_cast<int>(path.size()), color, 0, thickness * scale());
}

void Painter::triangle(Point a, Point b, Point c, Color color) const {
  if (vectors()) return vectors()->path(std::array{a, b, c}, color, 0);
  list_->AddTriangleFilled(pixels(a), pixels(b), pixels(c), color);
}

void Painter::disc(Point center, float radius, Color color) const {
  if (vectors()) return vectors()->ellipse(center, radius, radius, color);
  list_->AddCircleFilled(pixels(center), radius * scale(), color);
}

void Painter::ring(Point center, float radius, Color color, float thickness) const {
  if (vectors()) return vectors()->ellipse(center, radius, radius, color, thickness);
  list_->AddCircle(pixels(center), radius * scale(), color, 0, thickness * scale());
}

void Painter::dashed_ring(Point center, float radius, Color color) const {
  if (vectors()) return vectors()->ellipse(center, radius, radius, color, 1, true);
  const float round = 2 * std::numbers::pi_v<float>;
  const int dashes = std::clamp(static_cast<int>(round * radius / (kDash + kGap)), 8, kMostDashes);
  const float step = round / static_cast<float>(dashes);
  const ImVec2 low = list_->GetClipRectMin(), high = list_->GetClipRectMax(), middle = pixels(center);
  for (int i = 0; i < dashes; ++i) {
    const float from = static_cast<float>(i) * step, to = from + step * kDash / (kDash + kGap);
    const float r = radius * scale();
    const ImVec2 a{middle.x + r * std::cos(from), middle.y + r * std::sin(from)};
    const ImVec2 b{middle.x + r * std::cos(to), middle.y + r * std::sin(to)};
    if (std::max(a.x, b.x) < low.x || std::min(a.x, b.x) > high.x || std::max(a.y, b.y) < low.y ||
        std::min(a.y, b.y) > high.y)
      continue;
    list_->AddLine(a, b, color, scale());
  }
}

void Painter::ellipse(Point center, float radius_x, float radius_y, Color color, float thickness) const {
  if (vectors()) return vectors()->ellipse(center, radius_x, radius_y, color, thickness);
  list_->AddEllipse(pixels(center), radius_x * scale(), radius_y * scale(), color, 0, 0, thickness * scale());
}

void Painter::unsnapped_image(ImTextureID texture, Rect r, Color tint) const {
  if (vectors()) return vectors()->image(texture, r, tint);
  list_->AddImage(texture, pixels({r.x, r.y}), pixels({r.right(), r.bottom()}), {0, 0}, {1, 1}, tint);
}

void Painter::image(ImTextureID texture, Rect r, Color tint) const {
  if (vectors()) return vectors()->image(texture, r, tint);
  list_->AddImage(texture, {snapped(r.x), snapped(r.y)}, {snapped(r.right()), snapped(r.bottom())}, {0, 0}, {1, 1},
                  tint);
}

void Painter::frame_image(ImTextureID texture, Rect r) const {
  const Rect p = pixel_rect(r);
  list_->AddImage(texture, {p.x, p.y}, {p.right(), p.bottom()}, {0, 1}, {1, 0});
}

void Painter::marker(std::size_t class_id, Point center, float radius, Color color) const {
  if (vectors()) return vectors()->mark(marker_of_class(class_id), center, radius, color);
  const SpriteSet& set = atlas_.sprites[radius * scale() > atlas_.sprites[0].radius * 1.4f];
  const Sprite& sprite = set.shapes[marker_of_class(class_id)];
  const float half = set.half_side * radius * scale() / set.radius;
  const ImVec2 at = pixels(center);
  list_->AddImage(ImGui::GetIO().Fonts->TexID, {at.x - half, at.y - half}, {at.x + half, at.y + half}, sprite.uv_low,
                  sprite.uv_high, color);
}

float Painter::text_width(TextSize size, std::string_view words) const {
  const float height = kTextPoints[static_cast<std::size_t>(size)] * scale();
  return atlas_.font(size)->CalcTextSizeA(height, FLT_MAX, 0, begin_of(words), end_of(words)).x / scale();
}

float Painter::text(TextSize size, Point middle, Color color, std::string_view words, Align align) const {
  const float width = align == Align::left ? 0 : text_width(size, words);
  const float height = std::round(kTextPoints[static_cast<std::size_t>(size)] * scale());
  const float x = middle.x - (align == Align::center ? width / 2 : align == Align::right ? width : 0);
  if (vectors()) {
    vectors()->text({x, middle.y}, kTextPoints[static_cast<std::size_t>(size)], color, words);
    return width;
  }
  list_->AddText(atlas_.font(size), height, {snapped(x), std::round(middle.y * scale() - height / 2)}, color,
                 begin_of(words), end_of(words));
  const float drawn_width = align == Align::left ? text_width(size, words) : width;
  remember_text({x, middle.y - height / scale() / 2, drawn_width, height / scale()}, words);
  return drawn_width;
}

std::string Painter::shortened(TextSize size, std::string_view words, float width) const {
  std::string cut(words);
  if (text_width(size, cut) <= width) return cut;
  const auto is_continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
  while (!cut.empty() && text_width(size, cut + "\u2026") > width) {
    while (cut.size() > 1 && is_continuation(cut.back())) cut.pop_back();
    cut.pop_back();
  }
  return cut + "\u2026";
}

std::string Painter::abbreviated(TextSize size, std::string_view name, float width) const {
  return loom::abbreviated(name, width, [&](std::string_view words) { return text_width(size, words); });
}

void Painter::text_within(TextSize size, Point middle, float width, Color color, std::string_view words) const {
  text(size, middle, color, shortened(size, words, width));
}

float Painter::paragraph(TextSize size, Rect r, Color color, std::string_view words) const {
  const float height = std::round(kTextPoints[static_cast<std::size_t>(size)] * scale());
  const std::string lines = wrapped_to(size, r.width, words);
  list_->AddText(atlas_.font(size), height, {snapped(r.x), snapped(r.y)}, color, begin_of(lines), end_of(lines));
  const float drawn_height = height_of_lines(size, lines);
  remember_text({r.x, r.y, r.width, drawn_height}, lines);
  return drawn_height;
}

float Painter::paragraph_height(TextSize size, float width, std::string_view words) const {
  return height_of_lines(size, wrapped_to(size, width, words));
}

std::string Painter::wrapped_to(TextSize size, float width, std::string_view words) const {
  return wrapped(words, width, [&](std::string_view line) { return text_width(size, line); });
}

float Painter::height_of_lines(TextSize size, std::string_view lines) const {
  const float height = std::round(kTextPoints[static_cast<std::size_t>(size)] * scale());
  return atlas_.font(size)->CalcTextSizeA(height, FLT_MAX, 0, begin_of(lines), end_of(lines)).y / scale();
}

void Painter::remember_text(Rect place, std::string_view words) const {
  if (!drawn_ || !drawn_->keeps_texts) return;
  const ImVec2 low = list_->GetClipRectMin(), high = list_->GetClipRectMax();
  const Rect clip{low.x / scale(), low.y / scale(), (high.x - low.x) / scale(), (high.y - low.y) / scale()};
  drawn_->texts.push_back({std::string(words), place, clip, list_->_OwnerName ? list_->_OwnerName : ""});
}

void Painter::push_clip(Rect r) const {
  if (vectors()) return vectors()->clip(r);
  list_->PushClipRect({snapped(r.x), snapped(r.y)}, {snapped(r.right()), snapped(r.bottom())}, true);
}
void Painter::pop_clip() const {
  if (vectors()) return vectors()->end_clip();
  list_->PopClipRect();
}

Painter Painter::with_nodes(AccessibleNodes& nodes) const {
  Painter recorded = *this;
  recorded.nodes_ = &nodes;
  return recorded;
}

void Painter::describe(AccessibleNode node) const {
  if (nodes_) nodes_->list.push_back(std::move(node));
}

void Painter::tip(Rect r, std::string_view words) const {
  if (!tips_ || r.width < 1 || r.height < 1) return;
  const bool under = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                     ImGui::IsMouseHoveringRect(pixels({r.x, r.y}), pixels({r.right(), r.bottom()}));
  tips_->add(r, words, under);
}

Press Painter::press(const char* id, Rect r) const {
  const bool from_outside = nodes_ && nodes_->pressed(id);
  if (r.width < 1 || r.height < 1) return {.clicked = from_outside};
  ImGui::SetCursorScreenPos({snapped(r.x), snapped(r.y)});
  Press press;
  press.clicked = ImGui::InvisibleButton(id, {std::max(1.0f, snapped(r.width)), std::max(1.0f, snapped(r.height))});
  press.clicked &= !(tips_ && tips_->swallows_release());
  press.clicked |= from_outside;
  press.hovered = ImGui::IsItemHovered();
  press.held = ImGui::IsItemActive();
  if (drawn_) drawn_->pressables.emplace_back(id, r);
  if (press.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return press;
}

Press Painter::tap(const char* id, Rect r) const {
  constexpr float kStill = 6;  // points that a finger may move
  const ImGuiIO& io = ImGui::GetIO();
  const bool from_outside = nodes_ && nodes_->pressed(id);
  const ImVec2 low = pixels({r.x, r.y}), high = pixels({r.right(), r.bottom()});
  const auto holds = [&](ImVec2 at) { return at.x >= low.x && at.x < high.x && at.y >= low.y && at.y < high.y; };
  Press press;
  press.hovered = ImGui::IsWindowHovered() && !ImGui::IsAnyItemActive() && ImGui::IsMouseHoveringRect(low, high);
  const bool still = io.MouseDragMaxDistanceSqr[0] < kStill * kStill * scale() * scale();
  const bool began_here = holds(io.MouseClickedPos[0]);
  press.held = press.hovered && io.MouseDown[0] && began_here && still;
  press.clicked = from_outside || (press.hovered && ImGui::IsMouseReleased(0) && began_here && still &&
                                   !(tips_ && tips_->swallows_release()));
  if (drawn_) drawn_->pressables.emplace_back(id, r);
  if (press.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  return press;
}

Painter begin_overlay(const char* name, Rect r, const Painter& below, bool takes_pointer, bool front) {
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                           ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing;
  if (!takes_pointer) flags |= ImGuiWindowFlags_NoInputs;
  if (front) ImGui::SetNextWindowFocus();
  // Every pixel that r touches, because Dear ImGui rounds place and size down and would cut off a frame.
  const ImVec2 low = below.pixels({r.x, r.y}), high = below.pixels({r.right(), r.bottom()});
  const ImVec2 from{std::floor(low.x), std::floor(low.y)};
  ImGui::SetNextWindowPos(from);
  ImGui::SetNextWindowSize({std::ceil(high.x) - from.x, std::ceil(high.y) - from.y});
  ImGui::Begin(name, nullptr, flags);
  if (below.drawn()) below.drawn()->cards.emplace_back(name, r);
  return {ImGui::GetWindowDrawList(), below.atlas(), below.colors(), below.drawn(), below.tips()};
}

void end_overlay() { ImGui::End(); }

}  // namespace loom
