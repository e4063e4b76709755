#include "cli/interpolation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/geodesic.h"
#include "analysis/path.h"
#include "analysis/picture_change.h"
#include "cli/image_rows.h"
#include "cli/waiting.h"
#include "core/error.h"
#include "plot/axes.h"

namespace loom {
namespace {

constexpr Index kCells = 64;       // along a side of the metric field
constexpr std::size_t kSlice = 64;  // cells of it at a time
constexpr std::size_t kWork = 20'000;
constexpr Index kFiner = 4;  // points of the geodesic per step of the strip

Matrix geodesic_path(const Model& model, const RowVector& from, const RowVector& to, Index steps) {
  if (model.spec.latent_dim != 2)
    fail("a geodesic is searched in two latent dimensions, the model has ", model.spec.latent_dim);
  const Point a{static_cast<float>(from(0)), static_cast<float>(from(1))};
  const Point b{static_cast<float>(to(0)), static_cast<float>(to(1))};
  // The square around both ends with room for a way around on every side.
  const float half =
      std::max({4.5f, 1.3f * std::fabs(a.x), 1.3f * std::fabs(a.y), 1.3f * std::fabs(b.x), 1.3f * std::fabs(b.y)});
  MetricField field = empty_metric_field(square_grid({}, half, kCells));
  const LatentPlane plane = first_axes_plane(2);
  MetricScratch scratch;
  Waiting waiting("measuring how the picture changes", static_cast<Index>(field.order.size()));
  while (!field.complete()) {
    fill_metric_field(field, model, PictureSpace::pixels, plane, kSlice, scratch);
    waiting.done(static_cast<Index>(kSlice));
  }
  Geodesic search = begin_geodesic(field, a, b, static_cast<std::size_t>(std::max<Index>(2, kFiner * (steps - 1)) + 1));
  while (!advance_geodesic(search, field, kWork)) {
  }
  const Matrix fine = codes_at(plane, search.path);
  ChangeScratch change;
  return even_path(fine, picture_steps(model, fine, change), steps);
}

struct Kind {
  std::string_view name;
  Matrix (*path)(const Model&, const RowVector&, const RowVector&, Index);
};

constexpr Kind kKinds[] = {
    {"straight", [](const Model&, const RowVector& a, const RowVector& b, Index n) { return straight_path(a, b, n); }},
    {"spherical",
     [](const Model&, const RowVector& a, const RowVector& b, Index n) { return spherical_path(a, b, n); }},
    {"geodesic", geodesic_path},
};

Json list_json(const Scalar* values, Index count) {
  Json list{Json::Array{}};
  for (Index i = 0; i < count; ++i) list.push(static_cast<double>(values[i]));
  return list;
}

}  // namespace

double InterpolatedPath::total() const { return std::accumulate(changes.begin(), changes.end(), 0.0); }
double InterpolatedPath::largest() const { return *std::ranges::max_element(changes); }

InterpolatedPath interpolate(const Model& model, const std::string& kind, const RowVector& from, const RowVector& to,
                             Index steps) {
  const auto* found = std::ranges::find(kKinds, kind, &Kind::name);
  if (found == std::end(kKinds)) fail("--path is '", kind, "', expected straight, spherical or geodesic");
  InterpolatedPath out{kind, found->path(model, from, to, steps), {}, {}};
  Workspace workspace;
  decode(model, out.z, workspace, out.pictures);
  ChangeScratch change;
  out.changes = picture_steps(model, out.z, change);
  return out;
}

Json interpolation_json(const std::vector<InterpolatedPath>& paths, const LatentPlace& from, const LatentPlace& to) {
  Json json, list{Json::Array{}};
  for (const InterpolatedPath& path : paths) {
    Json item, points{Json::Array{}}, changes{Json::Array{}};
    for (Index n = 0; n < path.z.rows(); ++n) points.push(list_json(path.z.row(n).data(), path.z.cols()));
    for (const double change : path.changes) changes.push(change);
    item.set("path", path.kind).set("z", std::move(points)).set("change", std::move(changes));
    list.push(item.set("total_change", path.total()).set("largest_change", path.largest()));
  }
  json.set("from", list_json(from.z.data(), from.z.size())).set("to", list_json(to.z.data(), to.z.size()));
  return json.set("unit", "root mean square change of a pixel per step").set("paths", std::move(list));
}

Canvas draw_interpolation(const std::vector<InterpolatedPath>& paths, const LatentPlace& from, const LatentPlace& to,
                          const ImageShape& shape, const PictureStyle& style) {
  const PictureTheme& theme = *style.theme;
  ImageSheet sheet;
  sheet.title = text("From ", from.words, " to ", to.words);
  sheet.lead = text(paths.front().z.rows(),
                    " pictures on the way through the latent space; the curve shows how much each one differs from "
                    "the one before.");
  for (const InterpolatedPath& path : paths)
    sheet.rows.push_back({path.kind, {text("in all ", number_text(path.total(), 3))}, path.pictures});
  PicturePage page = begin_image_rows(sheet, shape, style);
  page.top += 10;

  double largest = 0;
  for (const InterpolatedPath& path : paths) largest = std::max(largest, path.largest());
  const auto steps = static_cast<double>(paths.front().changes.size());
  constexpr double kHeight = 190, kLabels = 90;
  const Box content = page.content();
  const PlotPlane plane =
      draw_axes(page.canvas, theme, {content.left, page.top, content.width - kLabels, kHeight},
                {"step", 0.5, steps + 0.5}, {"change of a pixel", 0, std::max(1e-6, largest * 1.1)});
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
    page.canvas.text({plane.box.right() + 10, places[i] + 0.36 * kTextSize}, paths[i].kind, kTextSize, colors[i % 3]);
  page.top += kHeight + 6;
  page.note("Change: root mean square over pixels of the difference to the picture before; 1 is from black to white.");
  return page.finish();
}

}  // namespace loom
