#include "explorer/draw/svg/vector_picture.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "raster/marker_shapes.h"

namespace loom {
namespace {

constexpr float kEm = 0.8533f, kBase = 0.2917f;  // of Roboto: size, and base below the middle, in heights of a line
constexpr float kRim = 0.9f, kRimShade = 0.38f;  // of marks, as in atlas.cpp; in black over the colour

// name="1.25"
void attribute(std::string& out, std::string_view name, float value) {
  out += loom::text(' ', name, "=\"", short_text(double{value}, 2), '"');
}

// name="#rrggbb" name-opacity="0.5"
void color_attribute(std::string& out, std::string_view name, Color color) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += loom::text(' ', name, "=\"#");
  for (const int shift : {4, 0, 12, 8, 20, 16}) out += kDigits[color >> shift & 15];
  out += '"';
  if (color >> 24 != 255) attribute(out, loom::text(name, "-opacity"), static_cast<float>(color >> 24) / 255);
}

void append_points(std::string& out, std::span<const Point> points) {
  for (const Point& p : points) out += loom::text(short_text(double{p.x}, 2), ',', short_text(double{p.y}, 2), ' ');
}

}  // namespace

void VectorPicture::paint(Color color, float thickness) {
  if (thickness > 0) elements_ += " fill=\"none\"";
  color_attribute(elements_, thickness > 0 ? "stroke" : "fill", color);
  if (thickness > 0) attribute(elements_, "stroke-width", thickness);
  elements_ += "/>\n";
}

void VectorPicture::rect(Rect r, Color color, float radius, float thickness) {
  r = r.inset(thickness / 2);
  elements_ += "<rect";
  attribute(elements_, "x", r.x), attribute(elements_, "y", r.y);
  attribute(elements_, "width", r.width), attribute(elements_, "height", r.height);
  if (radius > 0) attribute(elements_, "rx", std::min({radius, r.width / 2, r.height / 2}));
  paint(color, thickness);
}

void VectorPicture::ellipse(Point center, float radius_x, float radius_y, Color color, float thickness, bool dashed) {
  elements_ += "<ellipse";
  attribute(elements_, "cx", center.x), attribute(elements_, "cy", center.y);
  attribute(elements_, "rx", radius_x), attribute(elements_, "ry", radius_y);
  if (dashed) elements_ += " stroke-dasharray=\"5 4\"";
  paint(color, thickness);
}

void VectorPicture::path(std::span<const Point> points, Color color, float thickness) {
  elements_ += thickness > 0 ? "<polyline points=\"" : "<polygon points=\"";
  append_points(elements_, points);
  elements_ += '"';
  paint(color, thickness);
}

void VectorPicture::image(ImTextureID texture, Rect r, Color tint) {
  elements_ += "<image preserveAspectRatio=\"none\"";
  attribute(elements_, "x", r.x), attribute(elements_, "y", r.y);
  attribute(elements_, "width", r.width), attribute(elements_, "height", r.height);
  if (tint >> 24 != 255) attribute(elements_, "opacity", static_cast<float>(tint >> 24) / 255);
  elements_ += loom::text(" href=\"texture:", reinterpret_cast<std::uintptr_t>(texture), "\"/>\n");
}

void VectorPicture::mark(std::size_t shape, Point center, float radius, Color color) {
  const std::pair key{shape, radius};
  const auto found = std::ranges::find(known_, key);
  const auto id = found - known_.begin();
  if (found == known_.end()) {
    known_.push_back(key);
    symbols_ += loom::text("<path id=\"mark-", id, "\" fill-rule=\"evenodd\" d=\"");
    for (const Polygon& polygon : marker_polygons(shape)) {
      symbols_ += 'M';
      for (const Position& p : polygon)
        symbols_ += loom::text(short_text(p.x * double{radius}, 2), ',', short_text(p.y * double{radius}, 2), ' ');
      symbols_ += 'Z';
    }
    symbols_ += loom::text("\" stroke=\"#000\" stroke-opacity=\"", kRimShade, "\" stroke-width=\"", kRim, "\"/>\n");
  }
  elements_ += loom::text("<use href=\"#mark-", id, '"');
  attribute(elements_, "x", center.x), attribute(elements_, "y", center.y);
  paint(color, 0);
}

void VectorPicture::text(Point middle, float height, Color color, std::string_view words) {
  elements_ += "<text";
  attribute(elements_, "x", middle.x), attribute(elements_, "y", middle.y + kBase * height);
  attribute(elements_, "font-size", kEm * height);
  color_attribute(elements_, "fill", color);
  elements_ += '>';
  for (const char c : words) {
    if (c == '<')
      elements_ += "&lt;";
    else if (c == '&')
      elements_ += "&amp;";
    else
      elements_ += c;
  }
  elements_ += "</text>\n";
}

// A nested <svg> with the coordinates of the one around it clips without an id.
void VectorPicture::clip(Rect r) {
  elements_ += "<svg";
  attribute(elements_, "x", r.x), attribute(elements_, "y", r.y);
  attribute(elements_, "width", r.width), attribute(elements_, "height", r.height);
  elements_ += " viewBox=\"";
  for (const float side : {r.x, r.y, r.width, r.height}) elements_ += loom::text(short_text(double{side}, 2), ' ');
  elements_ += "\">\n";
}
void VectorPicture::end_clip() { elements_ += "</svg>\n"; }

std::string VectorPicture::document(float width, float height, Color background) const {
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
  attribute(out, "width", width), attribute(out, "height", height);
  out += loom::text(" viewBox=\"0 0 ", short_text(double{width}, 2), ' ', short_text(double{height}, 2),
                    "\" font-family=\"Roboto, Arial, sans-serif\">\n<defs>\n", symbols_, "</defs>\n",
                    "<rect width=\"100%\" height=\"100%\"");
  color_attribute(out, "fill", background);
  return out + "/>\n" + elements_ + "</svg>\n";
}

}  // namespace loom
