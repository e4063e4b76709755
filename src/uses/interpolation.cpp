#include "uses/interpolation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/geodesic.h"
#include "analysis/path.h"
#include "analysis/picture_change.h"
#include "core/error.h"
#include "core/text.h"

namespace loom {
namespace {

constexpr Index kCells = 64;       // along a side of the metric field
constexpr std::size_t kSlice = 64;  // cells of it at a time
constexpr std::size_t kWork = 20'000;
constexpr Index kFiner = 4;  // points of the geodesic per step of the strip

Matrix geodesic_path(const Model& model, const RowVector& from, const RowVector& to, Index steps,
                     const OnProgress& on_progress) {
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
  while (!field.complete()) {
    fill_metric_field(field, model, PictureSpace::pixels, plane, kSlice, scratch);
    if (on_progress) on_progress(static_cast<Index>(kSlice), static_cast<Index>(field.order.size()));
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
  Matrix (*path)(const Model&, const RowVector&, const RowVector&, Index, const OnProgress&);
};

constexpr Kind kKinds[] = {
    {"straight", [](const Model&, const RowVector& a, const RowVector& b, Index n,
                    const OnProgress&) { return straight_path(a, b, n); }},
    {"spherical", [](const Model&, const RowVector& a, const RowVector& b, Index n,
                     const OnProgress&) { return spherical_path(a, b, n); }},
    {"geodesic", geodesic_path},
};

}  // namespace

double InterpolatedPath::total() const { return std::accumulate(changes.begin(), changes.end(), 0.0); }
double InterpolatedPath::largest() const { return *std::ranges::max_element(changes); }

InterpolatedPath interpolate(const Model& model, const std::string& kind, const RowVector& from, const RowVector& to,
                             Index steps, const OnProgress& on_progress) {
  const auto* found = std::ranges::find(kKinds, kind, &Kind::name);
  if (found == std::end(kKinds)) fail("--path is '", kind, "', expected straight, spherical or geodesic");
  InterpolatedPath out{kind, found->path(model, from, to, steps, on_progress), {}, {}};
  Activations activations;
  decode(model, out.z, activations, out.pictures);
  ChangeScratch change;
  out.changes = picture_steps(model, out.z, change);
  return out;
}

}  // namespace loom
