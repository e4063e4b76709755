#include "plot/svg.h"

#include <array>

#include "core/text.h"
#include "plot/png.h"
#include "raster/marker_shapes.h"

namespace loom {
namespace {

// A number with two decimals (1/100 pixel) and without trailing zeros.
std::string number(double value) {
  std::string out = fixed_text(value, 2);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string hex(Color color) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "#";
  for (const int shift : {0, 8, 16}) {
    out += kDigits[color >> (shift + 4) & 15];
    out += kDigits[color >> shift & 15];
  }
  return out;
}

struct NamedColor {
  std::string_view name;
  Color PictureTheme::* color;
};
constexpr NamedColor kVariables[] = {{"page", &PictureTheme::page},   {"ink", &PictureTheme::ink},
                                     {"muted", &PictureTheme::muted}, {"line", &PictureTheme::line},
                                     {"grid", &PictureTheme::grid},   {"accent", &PictureTheme::accent},
                                     {"more", &PictureTheme::more},   {"less", &PictureTheme::less},
                                     {"paper", &PictureTheme::paper}, {"pencil", &PictureTheme::pencil}};

std::string color_text(Color color, const PictureTheme* variables) {
  if (variables)
    for (const NamedColor& named : kVariables)
      if ((variables->*named.color & 0xffffffu) == (color & 0xffffffu)) return text("var(--", named.name, ')');
  return hex(color);
}

// An attribute such as ' fill="#112233"', with an opacity attribute if the colour is not opaque.
std::string paint(std::string_view attribute, Color color, const SvgStyle& style) {
  std::string out = text(' ', attribute, "=\"", color_text(color, style.variables), '"');
  if (color >> 24 != 255) out += text(' ', attribute, "-opacity=\"", number((color >> 24) / 255.0), '"');
  return out;
}

std::string path(const std::vector<std::vector<Position>>& polygons, double factor, Position origin) {
  std::string out;
  for (const std::vector<Position>& polygon : polygons) {
    char command = 'M';
    for (const Position& p : polygon) {
      out += text(command, number(origin.x + factor * p.x), ' ', number(origin.y + factor * p.y));
      command = 'L';
    }
    out += 'Z';
  }
  return out;
}

struct Writer {
  std::string& out;
  const SvgStyle& style;

  void operator()(const RectangleItem& r) const {
    out += text("<rect x=\"", number(r.box.left), "\" y=\"", number(r.box.top), "\" width=\"", number(r.box.width),
                "\" height=\"", number(r.box.height), '"', paint("fill", r.fill, style), "/>\n");
  }
  void operator()(const PolygonItem& p) const {
    out += text("<path d=\"", path({p.points}, 1, {}), '"', paint("fill", p.fill, style), "/>\n");
  }
  void operator()(const LineItem& l) const {
    out += "<polyline points=\"";
    for (std::size_t i = 0; i < l.points.size(); ++i)
      out += text(i > 0 ? " " : "", number(l.points[i].x), ',', number(l.points[i].y));
    out += text("\" fill=\"none\" stroke-linejoin=\"round\" stroke-width=\"", number(l.width), '"',
                paint("stroke", l.color, style));
    if (l.dash > 0) out += text(" stroke-dasharray=\"", number(l.dash), '"');
    out += "/>\n";
  }
  void operator()(const CircleItem& c) const {
    out += text("<circle cx=\"", number(c.center.x), "\" cy=\"", number(c.center.y), "\" r=\"", number(c.radius), '"',
                paint("fill", c.fill, style), "/>\n");
  }
  void operator()(const MarkerItem& m) const {
    if (m.shape % kMarkerShapes == 0) return (*this)(CircleItem{m.center, kDiscRadius * m.radius, m.fill});
    out +=
        text("<use href=\"#", style.id_prefix, m.shape % kMarkerShapes, "\" transform=\"translate(", number(m.center.x),
             ' ', number(m.center.y), ") scale(", number(m.radius), ")\"", paint("fill", m.fill, style), "/>\n");
  }
  void operator()(const TextItem& t) const {
    static constexpr std::string_view kAnchors[] = {"start", "middle", "end"};
    out += text("<text x=\"", number(t.at.x), "\" y=\"", number(t.at.y), "\" font-size=\"", number(t.size), '"');
    if (t.align != TextAlign::left) out += text(" text-anchor=\"", kAnchors[static_cast<std::size_t>(t.align)], '"');
    if (t.upwards) out += text(" transform=\"rotate(-90 ", number(t.at.x), ' ', number(t.at.y), ")\"");
    out += text(paint("fill", t.color, style), '>', escaped(t.text), "</text>\n");
  }
  void operator()(const ImageItem& image) const {
    out += text("<image x=\"", number(image.at.x), "\" y=\"", number(image.at.y), "\" width=\"",
                image.width * image.scale, "\" height=\"", image.height * image.scale,
                "\" class=\"pixels\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"",
                png_data_uri(encode_png(image.pixels, image.width, image.height)), "\">");
    if (!image.description.empty()) out += text("<title>", escaped(image.description), "</title>");
    out += "</image>\n";
  }
};

// Definitions of the marker shapes that the canvas uses, each once, within the unit circle.
std::string marker_definitions(const Canvas& canvas, const SvgStyle& style) {
  std::array<bool, kMarkerShapes> used{};
  for (const CanvasItem& item : canvas.items)
    if (const auto* marker = std::get_if<MarkerItem>(&item)) used[marker->shape % kMarkerShapes] = true;
  std::string out;
  for (std::size_t shape = 1; shape < kMarkerShapes; ++shape)
    if (used[shape])
      out += text("<path id=\"", style.id_prefix, shape, "\" d=\"", path(marker_polygons(shape), 1, {}), "\"/>\n");
  return out.empty() ? out : text("<defs>\n", out, "</defs>\n");
}

}  // namespace

std::string escaped(std::string_view words) {
  std::string out;
  for (const char c : words) switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  return out;
}

std::string png_data_uri(std::span<const std::byte> png) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out = "data:image/png;base64,";
  for (std::size_t i = 0; i < png.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t count = std::min<std::size_t>(3, png.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < count ? std::to_integer<std::uint32_t>(png[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k) out += k <= count ? kDigits[group >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

std::string theme_variables(const PictureTheme& theme) {
  std::string out;
  for (const NamedColor& named : kVariables) out += text("--", named.name, ':', hex(theme.*named.color), ';');
  return out;
}

std::string svg_of(const Canvas& canvas, const SvgStyle& style) {
  const std::string width = number(canvas.width), height = number(canvas.height);
  std::string out =
      text("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", width, "\" height=\"", height, "\" viewBox=\"0 0 ",
           width, ' ', height, "\" font-family=\"Roboto, 'Helvetica Neue', Arial, sans-serif\" role=\"img\">\n");
  if (!canvas.description.empty()) out += text("<title>", escaped(canvas.description), "</title>\n");
  out += marker_definitions(canvas, style);
  Writer writer{out, style};
  writer(RectangleItem{{0, 0, canvas.width, canvas.height}, canvas.background});
  for (const CanvasItem& item : canvas.items) std::visit(writer, item);
  return out + "</svg>\n";
}

}  // namespace loom
