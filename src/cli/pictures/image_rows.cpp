#include "cli/pictures/image_rows.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "plot/font.h"
#include "plot/image_colors.h"

namespace loom {
namespace {

constexpr double kImageGap = 10;
constexpr double kImageSide = 70, kFewSide = 98;  // of an image in pixels, about; where they are few
constexpr double kWidest = 900;              // of all columns, about

}  // namespace

PicturePage begin_image_rows(const ImageSheet& sheet, const ImageShape& shape, const PictureStyle& style) {
  const PictureTheme& theme = *style.theme;
  Index columns = 1;
  for (const ImageRow& row : sheet.rows) columns = std::max(columns, row.images.rows());
  const double side = std::clamp(kWidest / static_cast<double>(columns), 1.0, columns <= 6 ? kFewSide : kImageSide);
  const Index scale = std::max<Index>(1, std::lround(side / static_cast<double>(std::max(shape.width, shape.height))));
  const double width = static_cast<double>(shape.width * scale), height = static_cast<double>(shape.height * scale);
  double labels = 0;
  for (const ImageRow& row : sheet.rows) {
    labels = std::max(labels, text_width(row.name, kTextSize));
    for (const std::string& line : row.lines) labels = std::max(labels, text_width(line, kSmallSize));
  }
  labels += 18;
  PicturePage page =
      begin_page(style, 2 * kMargin + labels + static_cast<double>(columns) * (width + kImageGap) - kImageGap,
                 sheet.title, sheet.lead);
  Canvas& canvas = page.canvas;
  const auto left = [&](Index n) { return kMargin + labels + static_cast<double>(n) * (width + kImageGap); };
  for (std::size_t n = 0; n < sheet.heads.size(); ++n)
    canvas.text({left(static_cast<Index>(n)), page.top + kSmallSize},
                shortened(sheet.heads[n], kSmallSize, width + kImageGap - 4), kSmallSize, theme.ink);
  if (!sheet.heads.empty()) page.top += 1.6 * kSmallSize;
  for (const ImageRow& row : sheet.rows) {
    canvas.text({kMargin, page.top + kTextSize}, row.name, kTextSize, theme.ink);
    double baseline = page.top + kTextSize + 1.5 * kSmallSize;
    for (const std::string& line : row.lines) {
      canvas.text({kMargin, baseline}, line, kSmallSize, theme.muted);
      baseline += 1.4 * kSmallSize;
    }
    for (Index n = 0; n < row.images.rows(); ++n)
      canvas.add(grey_image(row.images.row(n).data(), shape, scale, {left(n), page.top}, theme, row.name));
    page.top += std::max(height, baseline - page.top - kSmallSize) + kImageGap;
  }
  if (!sheet.note.empty()) page.note(sheet.note);
  return page;
}

Canvas draw_image_rows(const ImageSheet& sheet, const ImageShape& shape, const PictureStyle& style) {
  return begin_image_rows(sheet, shape, style).finish();
}

}  // namespace loom
