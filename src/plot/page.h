// The layout of every figure: a title, a lead sentence that says what is shown, the content, a note.
#pragma once

#include <string>
#include <string_view>

#include "core/text.h"
#include "plot/canvas.h"
#include "plot/theme.h"

namespace loom {

// Sizes of text in pixels.
inline constexpr double kTitleSize = 20, kTextSize = 13.5, kSmallSize = 12;
inline constexpr double kMargin = 24;  // around every figure

struct PictureStyle {
  const PictureTheme* theme = &kLightTheme;
  bool titled = true;  // false if the title and the lead stand outside the picture, as on a web page
};

// A figure that grows downwards.
struct PicturePage {
  Canvas canvas;
  const PictureTheme* theme;
  double top;  // where the next content begins

  Box content() const { return {kMargin, top, canvas.width - 2 * kMargin, 0}; }

  // Lines of small muted text at `top`, wrapped to the width of the page; top moves below them.
  void note(std::string_view words);
  void heading(std::string_view words);  // above a part of the figure
  // Ends the page below `top` and returns the figure.
  Canvas finish();
};

// Starts a figure. `width` includes the margins; the page is widened if the title needs it.
PicturePage begin_page(const PictureStyle&, double width, std::string_view title, std::string_view lead);

}  // namespace loom
