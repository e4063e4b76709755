#include "uses/interpolation.h"

#include <algorithm>
#include <cmath>

#include "analysis/metric/path.h"
#include "core/error.h"

namespace loom {
namespace {

constexpr std::size_t kSlice = 64;  // cells of it at a time
constexpr std::size_t kWork = 4000;  // cells that the search looks at in a slice
constexpr Index kPieces = 16;        // pieces of the geodesic that are measured in a slice
constexpr Index kArcPoints = 257;    // of an arc whose length is measured
constexpr Index kFiner = 4;          // points of the geodesic per step of the strip

// A grid over a square around both ends, with room for a detour on every side.
LatentGrid grid_around(const RowVector& from, const RowVector& to) {
  const float farthest = std::max({std::fabs(from(0)), std::fabs(from(1)), std::fabs(to(0)), std::fabs(to(1))});
  return square_grid({}, std::max(4.5f, 1.3f * farthest), kMetricCells);
}

}  // namespace

PathSearch::PathSearch(PathKind kind, const RowVector& from, const RowVector& to, Index steps)
    : from_(from), to_(to), steps_(steps), straight_length_(straight_path(from, to, 2)) {
  if (kind == PathKind::straight) codes_ = straight_path(from, to, steps);
  if (kind == PathKind::spherical) {
    codes_ = spherical_path(from, to, steps);
    path_length_.emplace(spherical_path(from, to, kArcPoints));
  }
}

bool PathSearch::advance(const Model& model, const LatentPlane& plane, const MetricField& field) {
  if (done()) return true;
  if (search_.path.empty()) {
    const auto points = static_cast<std::size_t>(std::max<Index>(2, kFiner * (steps_ - 1)) + 1);
    search_ = begin_geodesic(field, on_plane(plane, from_.data()), on_plane(plane, to_.data()), points);
  } else if (!search_.done) {
    if (!advance_geodesic(search_, field, kWork)) return false;
    fine_ = codes_at(plane, search_.path);
    path_length_.emplace(fine_);
  } else if (measure(model, kPieces)) {
    // The search knows the metric on a grid only, so what it found may be longer in truth.
    if (!is_straight_ && path_length_->length() > straight_length_.length()) {
      is_straight_ = true;
      for (std::size_t i = 0; i < search_.path.size(); ++i)
        search_.path[i] = search_.from + (search_.to - search_.from) *
                                             (static_cast<float>(i) / static_cast<float>(search_.path.size() - 1));
      fine_ = codes_at(plane, search_.path);
      path_length_.reset();
    }
    spread(model);
  }
  return done();
}

// The points are evenly spaced under the metric field, which is only sampled on a grid, so the exact change between
// the decoded images is measured here.
void PathSearch::spread(const Model& model) {
  const auto measured = static_cast<Index>(lengths_.size());
  const Index count = std::min(kPieces, fine_.rows() - 1 - measured);
  for (const double change : picture_steps(model, fine_.middleRows(measured, count + 1), scratch_))
    lengths_.push_back(change);
  if (measured + count == fine_.rows() - 1) codes_ = even_path(fine_, lengths_, steps_);
}

bool PathSearch::measure(const Model& model, Index places) {
  if (!straight_length_.done()) {
    straight_length_.advance(model, places, scratch_);
    return false;
  }
  return !path_length_ || path_length_->advance(model, places, scratch_);
}

double InterpolatedPath::largest() const { return *std::ranges::max_element(changes); }

InterpolatedPath interpolate(const Model& model, PathKind kind, const RowVector& from, const RowVector& to, Index steps,
                             const OnProgress& on_progress) {
  MetricField field;
  LatentPlane plane;
  if (kind == PathKind::geodesic) {
    if (model.spec.latent_dim != 2)
      fail("a geodesic needs two latent dimensions, but the model has ", model.spec.latent_dim);
    plane = first_axes_plane(2);
    field = empty_metric_field(grid_around(from, to));
    MetricScratch scratch;
    while (!field.complete()) {
      fill_metric_field(field, model, PictureSpace::pixels, plane, kSlice, scratch);
      if (on_progress) on_progress(static_cast<Index>(kSlice), static_cast<Index>(field.order.size()));
    }
  }
  PathSearch search(kind, from, to, steps);
  while (!search.advance(model, plane, field)) {
  }
  constexpr Index kMeasured = 256;  // codes at a time
  while (!search.measure(model, kMeasured)) {
  }
  InterpolatedPath out{kind, search.codes(), {}, {}, search.length(), search.is_straight()};
  Workspace workspace;
  decode(model, out.z, workspace, out.images);
  ChangeScratch change;
  out.changes = picture_steps(model, out.z, change);
  return out;
}

}  // namespace loom
