#include <algorithm>

#include "cli/pictures/draw_uses.h"
#include "cli/pictures/image_rows.h"
#include "plot/axes.h"

namespace loom {

Canvas draw_interpolation(const std::vector<InterpolatedPath>& paths, const LatentPlace& from, const LatentPlace& to,
                          const ImageShape& shape, const PictureStyle& style) {
  const PictureTheme& theme = *style.theme;
  ImageSheet sheet;
  sheet.title = text("From ", from.words, " to ", to.words);
  sheet.lead = text(paths.front().z.rows(),
                    " images along the path; the curve shows how much each one differs from the one before.");
  for (const InterpolatedPath& path : paths)
    sheet.rows.push_back(
        {std::string(path_name(path.kind)), {text("length ", number_text(path.length, 3))}, path.images});
  PicturePage page = begin_image_rows(sheet, shape, style);
  page.top += 10;

  double largest = 0;
  for (const InterpolatedPath& path : paths) largest = std::max(largest, path.largest());
  const auto steps = static_cast<double>(paths.front().changes.size());
  constexpr double kHeight = 190, kLabels = 90;
  const Box content = page.content();
  const PlotPlane plane = draw_axes(page.canvas, theme, {content.left, page.top, content.width - kLabels, kHeight},
                                    {"step", 0.5, steps + 0.5}, {"change per pixel", 0, std::max(1e-6, largest * 1.1)});
  const Color colors[] = {theme.accent, theme.more, theme.muted};
  std::vector<double> wishes;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    LineItem line{{}, 2, colors[i % 3]};
    for (std::size_t n = 0; n < paths[i].changes.size(); ++n)
      line.points.push_back(plane.at(static_cast<double>(n + 1), paths[i].changes[n]));
    for (const Position& p : line.points) page.canvas.add(MarkerItem{p, 4.5, i, line.color});
    wishes.push_back(line.points.back().y);
    page.canvas.add(std::move(line));
  }
  const std::vector<double> places = spread(wishes, 1.35 * kTextSize, plane.box.top + 8, plane.box.bottom());
  for (std::size_t i = 0; i < paths.size(); ++i)
    page.canvas.text({plane.box.right() + 10, places[i] + 0.36 * kTextSize}, path_name(paths[i].kind), kTextSize,
                     colors[i % 3]);
  page.top += kHeight + 6;
  page.note("Change: root mean square difference of the pixels from the image before; 1 is from black to white.");
  return page.finish();
}

}  // namespace loom
