// Figures as SVG 1.1: text stays text, images are embedded as PNG, and nothing is loaded from elsewhere.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "plot/canvas.h"
#include "plot/theme.h"

namespace loom {

struct SvgStyle {
  // If not null, this theme's colours are written as CSS variables, "var(--ink)", for a page that has several
  // themes; theme_variables() gives their values.
  const PictureTheme* variables = nullptr;
  std::string id_prefix = "marker";  // of ids, which must differ between the pictures of one page
};

// A figure as a complete SVG document without an XML declaration, so it can be embedded in HTML as it is. Images have
// the class "pixels".
std::string svg_of(const Canvas&, const SvgStyle& style = {});

// The theme's colours as CSS variables: "--page:#ffffff;--ink:...;".
std::string theme_variables(const PictureTheme&);

// A PNG as a data URI: "data:image/png;base64,...".
std::string png_data_uri(std::span<const std::byte> png);

// The text with &, <, > and quotes as entities, for text and attributes of XML and HTML.
std::string escaped(std::string_view text);

}  // namespace loom
