// Small things to press and to look at, for tools and cards. All of them draw into the rectangle that they are given.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "explorer/draw/painter.h"
#include "explorer/draw/textures.h"
#include "explorer/layout/layout.h"
#include "explorer/model/readout.h"

namespace loom {

inline constexpr float kButton = 32;  // height of buttons and rows of choices; 40 for fingers, see button_height

float button_height(bool narrow);

// A button with words; `on`: it is the chosen one. `spoken` replaces a sign for those who do not see where it stands.
// True if it was clicked.
bool button(const Painter& painter, const char* id, Rect r, std::string_view words, bool on = false,
            bool enabled = true, std::string_view spoken = {});

// Buttons of their own widths one after the other, in as many rows as they need. Returns the one clicked, or -1, and
// cuts the rows off `rest`.
int button_row(const Painter& painter, const char* id, Rect& rest, std::span<const std::string_view> words,
               float height = kButton);

// A sign to press in the head of a card: "i" in a ring explains, a cross closes. True if it was clicked.
bool head_sign(const Painter& painter, const char* id, Rect r, std::string_view sign);

// One of several, as joined buttons. Returns the one clicked, or -1.
int choice(const Painter& painter, const char* id, Rect r, std::span<const std::string_view> words, int current);

// A value between low and high, dragged or clicked. True if it changed. `name` is for those who do not see it.
bool slider(const Painter& painter, const char* id, std::string_view name, Rect r, float& value, float low, float high);

// Names what is pressed by a rectangle of the panel's own; `on`: it is the chosen one of its kind.
void name_button(const Painter& painter, std::string id, std::string words);
void name_choice(const Painter& painter, std::string id, std::string words, bool on);

// Name at the left, value at the right.
void fact(const Painter& painter, Rect row, std::string_view name, std::string_view value);

// Small words, in as many lines as they need; cuts them off `rest`.
void words(const Painter& painter, Rect& rest, std::string_view text, bool strong = false);
void heading(const Painter& painter, Rect& rest, std::string_view text);

// A picture as a square with a caption below it; cell.height is the side plus kCaption.
inline constexpr float kCaption = 20;
void picture_cell(const Painter& painter, Rect cell, const ImageShape& shape, const Picture& picture,
                  std::string_view name, std::string_view caption, Textures& textures);

// As many squares as fit beside each other, at most `most` points wide each: their side.
float cell_side(float width, std::size_t count, float gap, float most);

// Columns whose heights are counts, with a mark at `mark` in [0, 1] along them (below 0: none).
void columns(const Painter& painter, Rect r, std::span<const float> counts, float mark);

// A line through values at equal distances, from the floor at `low` to the top at `high`.
void curve(const Painter& painter, Rect r, std::span<const float> values, float low, float high, Color color,
           float thickness = 1.5f);

}  // namespace loom
