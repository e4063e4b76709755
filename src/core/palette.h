// All colours except those of the classes (core/color.h), in a light and a dark version: for the explorer, for figures
// (plot/theme.h) and for the page, whose web/style.css uses the same names with dashes (checked by
// tests/cli/test_palette.py).
#pragma once

#include "core/color.h"

namespace loom {

struct Palette {
  bool dark;
  Color plane, panel;          // backgrounds
  Color raised;                // cards, buttons, fields
  Color hover, pressed;        // buttons under the pointer, and while pressed
  Color ink, muted;            // text; both have a contrast of at least 4.5 : 1 on all backgrounds above
  Color line, grid, axis;      // separators; grid lines of the plane; its axes
  Color edge;                  // borders of buttons and fields; contrast of 3 : 1 against their surroundings
  Color accent, on_accent;     // marks the selected item; text on it
  Color paper, pencil;         // pixel values 0 and 1 of an image
  Color warning;               // background of messages

  // For figures, which may be printed: their lines are a little stronger, and images stand out from the page.
  Color figure_line, figure_grid;  // frames and axes; lines behind the data
  Color figure_paper;              // pixel value 0 of an image
  Color more, less;                // positive and negative ends of a diverging scale; its middle is the page
};

inline constexpr Palette kLight{.dark = false,
                                .plane = rgb(0xffffff),
                                .panel = rgb(0xf6f6f4),
                                .raised = rgb(0xffffff),
                                .hover = rgb(0xececea),
                                .pressed = rgb(0xe0e1df),
                                .ink = rgb(0x1c1f24),
                                .muted = rgb(0x5a606a),
                                .line = rgb(0xdfe0df),
                                .grid = rgb(0xf0f0ef),
                                .axis = rgb(0xd9dadb),
                                .edge = rgb(0x85898f),
                                .accent = rgb(0x2f55c8),
                                .on_accent = rgb(0xffffff),
                                .paper = rgb(0xffffff),
                                .pencil = rgb(0x14161a),
                                .warning = rgb(0xfff3d6),
                                .figure_line = rgb(0xb4b8bd),
                                .figure_grid = rgb(0xececeb),
                                .figure_paper = rgb(0xf7f7f5),
                                .more = rgb(0xc44e00),
                                .less = rgb(0x2166ac)};

inline constexpr Palette kDark{.dark = true,
                               .plane = rgb(0x121418),
                               .panel = rgb(0x1a1d22),
                               .raised = rgb(0x23272e),
                               .hover = rgb(0x2a2f37),
                               .pressed = rgb(0x333943),
                               .ink = rgb(0xeceef1),
                               .muted = rgb(0xa7adb8),
                               .line = rgb(0x2d3139),
                               .grid = rgb(0x1d2025),
                               .axis = rgb(0x363b44),
                               .edge = rgb(0x747b87),
                               .accent = rgb(0x9db8ff),
                               .on_accent = rgb(0x10131a),
                               .paper = rgb(0x0b0c0f),
                               .pencil = rgb(0xf6f7f9),
                               .warning = rgb(0x3a2f14),
                               .figure_line = rgb(0x4b525d),
                               .figure_grid = rgb(0x262a31),
                               .figure_paper = rgb(0x1b1e23),
                               .more = rgb(0xffa05c),
                               .less = rgb(0x6cb4ff)};

inline const Palette& palette(bool dark) { return dark ? kDark : kLight; }

}  // namespace loom
