// Drawing in points (CSS pixels): the layer between the panels and Dear ImGui, which works in device pixels here. Edges
// are snapped to device pixels, so that lines and text are sharp at any pixel ratio.
#pragma once

#include <imgui.h>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "explorer/draw/accessible_nodes.h"
#include "explorer/draw/atlas.h"
#include "explorer/draw/palette.h"
#include "explorer/layout/tips.h"
#include "explorer/state/rect.h"

namespace loom {

enum class Align { left, center, right };

// What the pointer does to a pressable rectangle in this frame.
struct Press {
  bool clicked = false, hovered = false, held = false;
};

using Pressables = std::vector<std::pair<std::string, Rect>>;  // id and place

struct DrawnText {
  std::string words;
  Rect place, clip;  // in points
  std::string window;  // Dear ImGui's name
};

// What the last frame has drawn: for the tour, which points at it, and for tests.
struct Drawn {
  Pressables pressables;
  std::vector<DrawnText> texts;  // only if keeps_texts
  std::vector<std::pair<std::string, Rect>> cards;  // windows above the panels: name and place
  bool keeps_texts = false;

  void clear() { pressables.clear(), texts.clear(), cards.clear(); }
};

class Painter {
 public:
  Painter(ImDrawList* list, const Atlas& atlas, const Palette& colors, Drawn* drawn = nullptr, Tips* tips = nullptr)
      : list_(list), atlas_(atlas), colors_(colors), drawn_(drawn), tips_(tips) {}

  const Palette& colors() const { return colors_; }
  const Atlas& atlas() const { return atlas_; }
  Drawn* drawn() const { return drawn_; }
  Tips* tips() const { return tips_; }
  ImDrawList& list() const { return *list_; }
  float scale() const { return atlas_.scale; }
  VectorPicture* vectors() const { return atlas_.vectors; }

  void fill(Rect r, Color color, float radius = 0) const;
  void shadow(Rect r, float radius) const;  // soft; draw it before the card that casts it
  void outline(Rect r, Color color, float radius = 0, float thickness = 1) const;
  void line(Point from, Point to, Color color, float thickness = 1) const;  // horizontal and vertical ones are sharp
  void segment(Point from, Point to, Color color, float thickness = 1) const;  // in any direction, not snapped
  void polyline(std::span<const Point> points, Color color, float thickness) const;
  void triangle(Point a, Point b, Point c, Color color) const;
  void disc(Point center, float radius, Color color) const;
  void ring(Point center, float radius, Color color, float thickness = 1) const;
  void dashed_ring(Point center, float radius, Color color) const;
  void ellipse(Point center, float radius_x, float radius_y, Color color, float thickness = 1) const;
  void image(ImTextureID texture, Rect r, Color tint) const;
  void unsnapped_image(ImTextureID texture, Rect r, Color tint) const;  // its edges may be between pixels
  void frame_image(ImTextureID texture, Rect r) const;  // a texture of Renderer::capture: rows from the bottom
  void marker(std::size_t class_id, Point center, float radius, Color color) const;

  // One line of text, vertically centred on middle.y; it begins, is centred or ends at middle.x. Returns the width.
  float text(TextSize size, Point middle, Color color, std::string_view words, Align align = Align::left) const;
  // The words, or as many of their letters as fit with an ellipsis into `width`; only the ellipsis if not even one
  // does.
  std::string shortened(TextSize size, std::string_view words, float width) const;
  // A name with its longest words abbreviated until it fits (layout/wrap.h).
  std::string abbreviated(TextSize size, std::string_view name, float width) const;
  // The text shortened to `width`.
  void text_within(TextSize size, Point middle, float width, Color color, std::string_view words) const;
  // Text wrapped to the width of `r`, from its top; returns the height of the text.
  float paragraph(TextSize size, Rect r, Color color, std::string_view words) const;
  float paragraph_height(TextSize size, float width, std::string_view words) const;
  float text_width(TextSize size, std::string_view words) const;

  // Clips drawing to r, within the current clip rectangle, until pop_clip().
  void push_clip(Rect r) const;
  void pop_clip() const;

  // Makes a rectangle of the current window pressable. The id must be unique in the window.
  Press press(const char* id, Rect r) const;
  // The same for something that may fill a panel: a drag that begins on it still scrolls the panel.
  Press tap(const char* id, Rect r) const;

  // Explains the sign in a rectangle of the current window, where a pointer rests on it.
  void tip(Rect r, std::string_view words) const;

  // The same painter, but texts and buttons are also recorded in `nodes`.
  Painter with_nodes(AccessibleNodes& nodes) const;
  AccessibleNodes* nodes() const { return nodes_; }
  void describe(AccessibleNode node) const;  // records a node; does nothing without `nodes`

  ImVec2 pixels(Point p) const { return {p.x * scale(), p.y * scale()}; }
  Rect pixel_rect(Rect r) const {  // whole device pixels
    return {snapped(r.x), snapped(r.y), snapped(r.right()) - snapped(r.x), snapped(r.bottom()) - snapped(r.y)};
  }

 private:
  float snapped(float x) const;
  std::string wrapped_to(TextSize size, float width, std::string_view words) const;
  float height_of_lines(TextSize size, std::string_view lines) const;
  void remember_text(Rect place, std::string_view words) const;

  ImDrawList* list_;
  const Atlas& atlas_;
  const Palette& colors_;
  Drawn* drawn_;
  Tips* tips_;  // null: nothing is explained
  AccessibleNodes* nodes_ = nullptr;  // null: nothing is recorded
};

// Begins a window above everything drawn so far. Call end_overlay() even if nothing is drawn. `takes_pointer`: what
// lies below it gets no pointer input. `front`: above other overlays, too.
Painter begin_overlay(const char* name, Rect r, const Painter& below, bool takes_pointer = true, bool front = false);
void end_overlay();

}  // namespace loom
