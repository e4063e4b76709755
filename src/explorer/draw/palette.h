// Colours for everything but the classes (core/color.h), light and dark.
#pragma once

#include "core/color.h"

namespace loom {

struct Palette {
  bool dark;
  Color plane, panel;          // backgrounds
  Color raised;                // cards, buttons, fields
  Color hover, pressed;        // of what can be pressed
  Color ink, muted;            // text; both have a contrast of at least 4.5 : 1 on all backgrounds above
  Color line, grid, axis;      // separators, lines of the plane, its zero lines
  Color accent, on_accent;     // the one colour that means "this one"
  Color paper, pencil;         // a picture's 0 and 1
  Color warning;               // background of messages
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
                                .accent = rgb(0x2f55c8),
                                .on_accent = rgb(0xffffff),
                                .paper = rgb(0xffffff),
                                .pencil = rgb(0x14161a),
                                .warning = rgb(0xfff3d6)};

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
                               .accent = rgb(0x9db8ff),
                               .on_accent = rgb(0x10131a),
                               .paper = rgb(0x0b0c0f),
                               .pencil = rgb(0xf6f7f9),
                               .warning = rgb(0x3a2f14)};

inline const Palette& palette(bool dark) { return dark ? kDark : kLight; }

}  // namespace loom
