#include <algorithm>
#include <cmath>

#include "cli/pictures/draw_uses.h"
#include "core/text.h"
#include "plot/axes.h"
#include "plot/font.h"

namespace loom {
namespace {

constexpr double kChartWidth = 720, kChartHeight = 400;
constexpr double kDot = 4;

// "9.4 bits", "48 bytes"
std::string size_text(double bits) {
  return bits < 64 ? text(number_text(bits, bits < 16 ? 1 : 0), " bits") : text(number_text(bits / 8, 0), " bytes");
}

struct Family {
  std::string_view kind;
  std::size_t marker;
  Color color;
};

}  // namespace

Canvas draw_compression(const Compression& c, const PictureStyle& style) {
  const PictureTheme& theme = *style.theme;
  PicturePage page = begin_page(
      style, kChartWidth, "Error against size",
      text("Further left is smaller, further down is closer to the original. Codes of ", c.latent_dim,
           c.latent_dim == 1 ? " number" : " numbers",
           " take far fewer bits than image formats can; PCA has the smallest error of all linear methods."));
  double largest = 0, smallest_bits = 8, most_bits = static_cast<double>(c.raw_bits);
  for (const RateDistortion& way : c.ways) {
    largest = std::max(largest, way.mse);
    smallest_bits = std::min(smallest_bits, way.bits);
  }
  const Axis bits{"bits per image, logarithmic scale", std::exp2(std::floor(std::log2(smallest_bits))),
                  std::exp2(std::ceil(std::log2(most_bits))), true};
  const PlotPlane plane = draw_axes(page.canvas, theme, {kMargin, page.top, kChartWidth - 2 * kMargin, kChartHeight},
                                    bits, {"mean squared error per pixel", 0, largest * 1.08});
  Canvas& canvas = page.canvas;
  const Family families[] = {{"pca", 1, theme.more}, {"jpeg", 3, theme.muted}, {"png", 4, theme.muted}};
  for (const Family& family : families) {
    LineItem line{{}, 1.5, with_alpha(family.color, 0.6f)};
    for (const RateDistortion& way : c.ways)
      if (way.kind == family.kind) line.points.push_back(plane.at(way.bits, way.mse));
    if (line.points.size() > 1) canvas.add(line);
    for (const Position& p : line.points) canvas.add(MarkerItem{p, kDot + 1, family.marker, family.color});
    std::vector<const RateDistortion*> ways;
    for (const RateDistortion& way : c.ways)
      if (way.kind == family.kind) ways.push_back(&way);
    for (const RateDistortion* way : ways) {
      const Position p = plane.at(way->bits, way->mse);
      if (family.kind == "pca")
        canvas.text({p.x + 8, p.y - 6}, way == ways.front() ? way->name : text(*way->dimensions), kSmallSize,
                    family.color);
      else if (family.kind == "jpeg" && way == ways.front())
        canvas.text({p.x - 10, p.y + 4}, way->name, kSmallSize, family.color, TextAlign::right);
      else if (family.kind == "jpeg" && way != ways.back())
        canvas.text({p.x + 8, p.y - 6}, text(*way->quality), kSmallSize, family.color);
      else if (family.kind == "png")
        canvas.text({p.x + 10, p.y - 8}, way->name, kSmallSize, family.color);
    }
  }
  LineItem model{{}, 1, theme.accent, 3};
  for (const RateDistortion& way : c.ways)
    if (way.kind.starts_with("model")) model.points.push_back(plane.at(way.bits, way.mse));
  if (model.points.size() > 1) canvas.add(model);
  for (const RateDistortion& way : c.ways)
    if (way.kind.starts_with("model")) {
      const Position p = plane.at(way.bits, way.mse);
      const bool last = way.kind == "model, f16";
      canvas.add(CircleItem{p, kDot + 1.5, theme.accent});
      if (last) canvas.text({p.x - 4, p.y + 22}, c.model, kTextSize, theme.accent);
      canvas.text({p.x - 4, last ? p.y + 39 : p.y + 21},
                  last ? text(size_text(way.bits), ": ", way.name) : text(size_text(way.bits), ": KL"), kSmallSize,
                  theme.accent);
    }
  page.top += kChartHeight + 10;
  page.note(text("Raw pixels: ", count_text(c.raw_bits),
                 " bits. PCA stores each number in 16 bits. For JPEG and PNG all images are stored as ",
                 "one large image, because the header of a file alone is longer than one of these."));
  return page.finish();
}

}  // namespace loom
