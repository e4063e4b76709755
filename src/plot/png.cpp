#include "plot/png.h"

#include <stb/stb_image_write.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "plot/font.h"
#include "plot/marker.h"
#include "plot/raster.h"
#include "plot/stroke.h"

namespace loom {
namespace {

using Polygons = std::vector<std::vector<Position>>;

constexpr double kDensity = static_cast<double>(kPngDensity);

Position scaled(Position p) { return {p.x * kDensity, p.y * kDensity}; }

Polygons moved(Polygons polygons, double factor, Position origin) {
  for (std::vector<Position>& polygon : polygons)
    for (Position& p : polygon) p = scaled({origin.x + p.x * factor, origin.y + p.y * factor});
  return polygons;
}

std::vector<Position> circle(double radius) {
  const auto corners = static_cast<int>(std::clamp(6 * std::sqrt(radius * kDensity), 12.0, 90.0));
  std::vector<Position> points;
  for (int i = 0; i < corners; ++i) {
    const double angle = 2 * 3.14159265358979 * i / corners;
    points.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  return points;
}

struct Painter {
  PictureRaster& raster;

  void operator()(const RectangleItem& r) const {
    const Box& b = r.box;
    raster.fill({{scaled({b.left, b.top}), scaled({b.right(), b.top}), scaled({b.right(), b.bottom()}),
                  scaled({b.left, b.bottom()})}},
                r.fill);
  }
  void operator()(const PolygonItem& p) const { raster.fill(moved({p.points}, 1, {}), p.fill); }
  void operator()(const LineItem& l) const {
    for (const std::vector<Position>& dash : dashes(l.points, l.dash))
      raster.fill(moved({stroke_outline(dash, l.width)}, 1, {}), l.color);
  }
  void operator()(const CircleItem& c) const { raster.fill(moved({circle(c.radius)}, 1, c.center), c.fill); }
  void operator()(const MarkerItem& m) const {
    raster.fill(moved(marker_polygons(m.shape), m.radius, m.center), m.fill);
  }
  void operator()(const TextItem& t) const {
    const double width = text_width(t.text, t.size);
    const double shift = t.align == TextAlign::left ? 0 : t.align == TextAlign::right ? -width : -width / 2;
    Polygons letters = text_outlines(t.text, t.size);
    for (std::vector<Position>& outline : letters)
      for (Position& p : outline) {
        p.x += shift;
        if (t.upwards) p = {p.y, -p.x};
      }
    raster.fill(moved(std::move(letters), 1, t.at), t.color);
  }
  void operator()(const ImageItem& image) const {
    const auto left = static_cast<Index>(std::lround(image.at.x * kDensity));
    const auto top = static_cast<Index>(std::lround(image.at.y * kDensity));
    const Index side = image.scale * kPngDensity;
    for (Index y = 0; y < image.height * side; ++y)
      for (Index x = 0; x < image.width * side; ++x)
        raster.blend(left + x, top + y, image.pixels[static_cast<std::size_t>(y / side * image.width + x / side)]);
  }
};

}  // namespace

std::vector<std::byte> encode_png(std::span<const Color> pixels, Index width, Index height) {
  const bool grey = std::ranges::all_of(
      pixels, [](Color c) { return (c & 0xff) == (c >> 8 & 0xff) && (c & 0xff) == (c >> 16 & 0xff); });
  std::vector<std::uint8_t> bytes;
  bytes.reserve(pixels.size() * (grey ? 1 : 3));
  for (const Color c : pixels)
    for (int channel = 0; channel < (grey ? 1 : 3); ++channel)
      bytes.push_back(static_cast<std::uint8_t>(c >> 8 * channel & 0xff));
  std::vector<std::byte> file;
  const auto append = [](void* context, void* data, int size) {
    const auto* begin = static_cast<const std::byte*>(data);
    static_cast<std::vector<std::byte>*>(context)->insert(static_cast<std::vector<std::byte>*>(context)->end(), begin,
                                                          begin + size);
  };
  const int channels = grey ? 1 : 3;
  if (!stbi_write_png_to_func(append, &file, static_cast<int>(width), static_cast<int>(height), channels, bytes.data(),
                              static_cast<int>(width) * channels))
    fail("a picture of ", width, " x ", height, " pixels could not be encoded as PNG");
  return file;
}

std::vector<std::byte> png_of(const Canvas& canvas) {
  PictureRaster raster(static_cast<Index>(std::ceil(canvas.width * kDensity)),
                       static_cast<Index>(std::ceil(canvas.height * kDensity)), canvas.background);
  for (const CanvasItem& item : canvas.items) std::visit(Painter{raster}, item);
  return encode_png(raster.pixels(), raster.width(), raster.height());
}

}  // namespace loom
