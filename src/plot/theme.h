// Colours of pictures, light and dark. The surfaces are calmer than a screen's: these pictures are printed.
#pragma once

#include <string_view>

#include "core/color.h"

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

inline constexpr PictureTheme kLightTheme{.dark = false,
                                          .page = rgb(0xffffff),
                                          .ink = rgb(0x1c1f24),
                                          .muted = rgb(0x5a606a),
                                          .line = rgb(0xb4b8bd),
                                          .grid = rgb(0xececeb),
                                          .accent = rgb(0x2f55c8),
                                          .paper = rgb(0xf7f7f5),
                                          .pencil = rgb(0x14161a),
                                          .more = rgb(0xc44e00),
                                          .less = rgb(0x2166ac)};

inline constexpr PictureTheme kDarkTheme{.dark = true,
                                         .page = rgb(0x121418),
                                         .ink = rgb(0xeceef1),
                                         .muted = rgb(0xa7adb8),
                                         .line = rgb(0x4b525d),
                                         .grid = rgb(0x262a31),
                                         .accent = rgb(0x9db8ff),
                                         .paper = rgb(0x1b1e23),
                                         .pencil = rgb(0xf6f7f9),
                                         .more = rgb(0xffa05c),
                                         .less = rgb(0x6cb4ff)};

// "light" or "dark"; throws Error for other names.
const PictureTheme& find_theme(std::string_view name);

}  // namespace loom
