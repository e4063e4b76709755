// Controls, texts and small plots for tools and cards. Each draws into the rectangle that it is given.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "explorer/draw/painter.h"
#include "explorer/draw/textures.h"
#include "explorer/layout/layout.h"
#include "explorer/model/readout.h"

namespace loom {

inline constexpr float kButton = 32;  // height of buttons in points, for a mouse

// Height of buttons in points; larger for fingers, on a narrow screen.
float button_height(bool narrow);

// A button with a label; `on`: it is selected. `spoken`: the accessible name, for labels that are symbols. True if it
// was clicked.
bool button(const Painter& painter, const char* id, Rect r, std::string_view words, bool on = false,
            bool enabled = true, std::string_view spoken = {});

// Buttons as wide as their labels, in as many rows as they need. Cuts the rows off `rest`. Returns the index of the one
// that was clicked, or -1.
int button_row(const Painter& painter, const char* id, Rect& rest, std::span<const std::string_view> words,
               float height = kButton);

// A round button beside the title of a card: "i" explains, a cross closes. True if it was clicked.
bool head_sign(const Painter& painter, const char* id, Rect r, std::string_view sign, std::string_view tip);

// An arrow head: down for what can be opened, up for what can be closed.
void chevron(const Painter& painter, Point center, bool up);

// Joined buttons of which one is selected. Returns the index of the one that was clicked, or -1. `enabled`: bit i is
// set if button i can be chosen.
inline constexpr unsigned kAllEnabled = ~0u;
int choice(const Painter& painter, const char* id, Rect r, std::span<const std::string_view> words, int current,
           unsigned enabled = kAllEnabled);

// A value between low and high; `whole`: an integer. True if it changed. `name`: the accessible name.
bool slider(const Painter& painter, const char* id, std::string_view name, Rect r, float& value, float low, float high,
            bool whole = false);

// Gives the accessible name of something pressable that the panel draws itself; `on`: it is selected.
void name_button(const Painter& painter, std::string id, std::string words);
void name_choice(const Painter& painter, std::string id, std::string words, bool on);

// Name at the left, value at the right.
void fact(const Painter& painter, Rect row, std::string_view name, std::string_view value);

// Small wrapped text at the top of `rest`; cuts its lines off `rest`. `strong`: in the colour of the ink.
void words(const Painter& painter, Rect& rest, std::string_view text, bool strong = false);
void heading(const Painter& painter, Rect& rest, std::string_view text);

// A square image with a caption below it; cell.height is the side plus kCaption.
inline constexpr float kCaption = 20;
void picture_cell(const Painter& painter, Rect cell, const ImageShape& shape, const Picture& picture,
                  std::string_view name, std::string_view caption, Textures& textures);

// The side of `count` squares that fill a width with gaps between them; at most `most`. All in points.
float cell_side(float width, std::size_t count, float gap, float most);

// How many squares fit in a row of this width with such gaps, at most `most`, so that each can be pressed: by a finger
// on a narrow screen.
std::size_t columns_that_fit(float width, float gap, std::size_t most, bool narrow);

// A bar chart, with a marker at `mark` in [0, 1] along it (below 0: none).
void columns(const Painter& painter, Rect r, std::span<const float> counts, float mark);

// A curve through equally spaced values; `low` is at the bottom of r, `high` at its top.
void curve(const Painter& painter, Rect r, std::span<const float> values, float low, float high, Color color,
           float thickness = 1.5f);

}  // namespace loom
