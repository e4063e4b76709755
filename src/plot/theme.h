// Colours of figures, light and dark: those of core/palette.h, named by their role in a figure.
#pragma once

#include <string_view>

#include "core/palette.h"

namespace loom {

struct PictureTheme {
  bool dark;
  Color page;                // background
  Color ink, muted;          // text; contrast of at least 4.5 : 1 on the page
  Color line, grid;          // frames and axes; lines behind the data
  Color accent;              // highlights an item
  Color paper, pencil;       // pixel values 0 and 1 of an image
  Color more, less;          // positive and negative ends of a diverging scale; its middle is the page
};

constexpr PictureTheme theme_of(const Palette& p) {
  return {.dark = p.dark,
          .page = p.plane,
          .ink = p.ink,
          .muted = p.muted,
          .line = p.figure_line,
          .grid = p.figure_grid,
          .accent = p.accent,
          .paper = p.figure_paper,
          .pencil = p.pencil,
          .more = p.more,
          .less = p.less};
}

inline constexpr PictureTheme kLightTheme = theme_of(kLight), kDarkTheme = theme_of(kDark);

// The theme called "light" or "dark". Throws Error for other names.
const PictureTheme& find_theme(std::string_view name);

}  // namespace loom
