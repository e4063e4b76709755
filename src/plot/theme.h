// Colours of figures, light and dark: those of core/palette.h under the names that mean something in a figure.
#pragma once

#include <string_view>

#include "core/palette.h"

namespace loom {

struct PictureTheme {
  bool dark;
  Color page;                // background
  Color ink, muted;          // text; contrast of at least 4.5 : 1 on the page
  Color line, grid;          // frames and axes; lines behind the data
  Color accent;              // "this one"
  Color paper, pencil;       // an image's 0 and 1
  Color more, less;          // ends of a signed scale, whose middle is the page
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

// "light" or "dark"; throws Error for other names.
const PictureTheme& find_theme(std::string_view name);

}  // namespace loom
