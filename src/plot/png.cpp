#include "plot/png.h"

#include <stb/stb_image_write.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "plot/font.h"
#include "plot/stroke.h"
#include "raster/blend.h"
#include "raster/marker_shapes.h"

namespace loom {
namespace {

constexpr double kDensity = static_cast<double>(kPngDensity);

Position scaled(Position p) { return {p.x * kDensity, p.y * kDensity}; }

Polygons moved(Polygons polygons, double factor, Position origin) {
  for (Polygon& polygon : polygons)
    for (Position& p : polygon) p = scaled({origin.x + p.x * factor, origin.y + p.y * factor});
  return polygons;
}

Polygon circle(double radius) {
  const auto corners = static_cast<int>(std::clamp(6 * std::sqrt(radius * kDensity), 12.0, 90.0));
  Polygon points;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * 3.14159265358979 * i / corners;
    points.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  return points;
}

struct Painter {
  Pixels& picture;

  void operator()(const RectangleItem& r) const {
    const Box& b = r.box;
    fill({{scaled({b.left, b.top}), scaled({b.right(), b.top}), scaled({b.right(), b.bottom()}),
           scaled({b.left, b.bottom()})}},
         r.fill);
  }
  void operator()(const PolygonItem& p) const { fill(moved({p.points}, 1, {}), p.fill); }
  void operator()(const LineItem& l) const {
    for (const std::vector<Position>& dash : dashes(l.points, l.dash))
      fill(moved({stroke_outline(dash, l.width)}, 1, {}), l.color);
  }
  void operator()(const CircleItem& c) const { fill(moved({circle(c.radius)}, 1, c.center), c.fill); }
  void operator()(const MarkerItem& m) const { fill(moved(marker_polygons(m.shape), m.radius, m.center), m.fill); }
  void operator()(const TextItem& t) const {
    const double width = text_width(t.text, t.size);
    const double shift = t.align == TextAlign::left ? 0 : t.align == TextAlign::right ? -width : -width / 2;
    Polygons letters = text_outlines(t.text, t.size);
    for (std::vector<Position>& outline : letters)
      for (Position& p : outline) {
        p.x += shift;
        if (t.upwards) p = {p.y, -p.x};
      }
    fill(moved(std::move(letters), 1, t.at), t.color);
  }
  void operator()(const ImageItem& image) const {
    const auto left = static_cast<int>(std::lround(image.at.x * kDensity));
    const auto top = static_cast<int>(std::lround(image.at.y * kDensity));
    const auto side = static_cast<int>(image.scale * kPngDensity);
    const int width = static_cast<int>(image.width) * side, height = static_cast<int>(image.height) * side;
    const int first = std::max(0, -left), count = std::min(width, picture.width - left) - first;
    std::vector<Color> row(static_cast<std::size_t>(width));
    for (int y = std::max(0, -top); y < std::min(height, picture.height - top) && count > 0; ++y) {
      const Color* pixels = image.pixels.data() + y / side * image.width;
      for (int x = 0; x < width; ++x) row[static_cast<std::size_t>(x)] = pixels[x / side];
      blend_colors(picture.row(top + y) + left + first, count, row.data() + first);
    }
  }

  void fill(const Polygons& polygons, Color color) const { fill_polygons(picture, polygons, color); }
};

}  // namespace

std::vector<std::byte> encode_png(std::span<const Color> pixels, Index width, Index height, bool alpha) {
  const bool grey = !alpha && std::ranges::all_of(pixels, [](Color c) {
    return (c & 0xff) == (c >> 8 & 0xff) && (c & 0xff) == (c >> 16 & 0xff);
  });
  const int channels = grey ? 1 : alpha ? 4 : 3;
  std::vector<std::uint8_t> bytes;
  bytes.reserve(pixels.size() * static_cast<std::size_t>(channels));
  for (const Color c : pixels)
    for (int channel = 0; channel < channels; ++channel)
      bytes.push_back(static_cast<std::uint8_t>(c >> 8 * channel & 0xff));
  std::vector<std::byte> file;
  const auto append = [](void* context, void* data, int size) {
    const auto* begin = static_cast<const std::byte*>(data);
    static_cast<std::vector<std::byte>*>(context)->insert(static_cast<std::vector<std::byte>*>(context)->end(), begin,
                                                          begin + size);
  };
  if (!stbi_write_png_to_func(append, &file, static_cast<int>(width), static_cast<int>(height), channels, bytes.data(),
                              static_cast<int>(width) * channels))
    fail("a picture of ", width, " x ", height, " pixels could not be encoded as PNG");
  return file;
}

std::vector<std::byte> png_of(const Canvas& canvas) {
  Pixels picture = blank(static_cast<int>(std::ceil(canvas.width * kDensity)),
                         static_cast<int>(std::ceil(canvas.height * kDensity)), canvas.background | 0xff000000u);
  for (const CanvasItem& item : canvas.items) std::visit(Painter{picture}, item);
  return encode_png(picture.values, picture.width, picture.height);
}

}  // namespace loom
