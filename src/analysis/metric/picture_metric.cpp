#include "analysis/metric/picture_metric.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/error.h"

namespace loom {
namespace {

// Half the distance of the two points of a central difference. Smaller values lose single precision (relative error
// 1e-4 here, for logits of a few units); larger ones are affected by the decoder's curvature, which shows at about
// 0.1.
constexpr float kStep = 0.005f;

// Coordinates of pictures in which the distance is Euclidean. For Bernoulli pixels 2 asin(sqrt p) = 2 atan(exp(l /
// 2)), whose derivative with respect to l is sqrt(p (1 - p)). Computed from logits, because 1 - p would lose
// precision.
void picture_coordinates(const Model& model, PictureSpace space, const Matrix& z, MetricScratch& s) {
  const Matrix& logits = decode_logits(model, z, s.workspace);
  if (space == PictureSpace::pixels) {
    find_likelihood(model.spec.likelihood)->mean(logits, s.picture);
    return;
  }
  s.picture.resize(logits.rows(), logits.cols());
  for (Index i = 0; i < logits.size(); ++i)
    s.picture.data()[i] = 2 * std::atan(std::exp(std::clamp(logits.data()[i] / 2, Scalar(-40), Scalar(40))));
}

}  // namespace

double magnification(const Metric& g) {
  return std::sqrt(std::max(0.0, static_cast<double>(g.xx) * g.yy - static_cast<double>(g.xy) * g.xy));
}

MetricAxes metric_axes(const Metric& g) {
  const double middle = (static_cast<double>(g.xx) + g.yy) / 2, half = (static_cast<double>(g.xx) - g.yy) / 2;
  const double radius = std::hypot(half, static_cast<double>(g.xy));
  return {middle + radius, std::max(0.0, middle - radius), std::atan2(static_cast<double>(g.xy), half) / 2};
}

double anisotropy(const Metric& g) {
  constexpr double kMost = 1e3;
  const MetricAxes axes = metric_axes(g);
  if (axes.large <= 0) return 1;
  return axes.small * kMost * kMost <= axes.large ? kMost : std::sqrt(axes.large / axes.small);
}

MetricEllipse metric_ellipse(const Metric& g, double distance, double longest) {
  const MetricAxes axes = metric_axes(g);
  const auto half = [&](double eigenvalue) {
    return eigenvalue * longest * longest <= distance * distance ? longest : distance / std::sqrt(eigenvalue);
  };
  return {half(axes.large), half(axes.small), axes.angle};
}

void metrics_at(const Model& model, PictureSpace space, const LatentPlane& plane, std::span<const Point> places,
                std::vector<Metric>& out, MetricScratch& s) {
  const auto count = static_cast<Index>(places.size());
  out.resize(places.size());
  if (count == 0) return;
  s.z.resize(4 * count, plane.dimension());
  for (Index n = 0; n < count; ++n) {
    const Point p = places[static_cast<std::size_t>(n)];
    code_at(plane, p + Point{kStep, 0}, s.z.row(4 * n)), code_at(plane, p - Point{kStep, 0}, s.z.row(4 * n + 1));
    code_at(plane, p + Point{0, kStep}, s.z.row(4 * n + 2)), code_at(plane, p - Point{0, kStep}, s.z.row(4 * n + 3));
  }
  picture_coordinates(model, space, s.z, s);
  constexpr float kScale = 1 / (4 * kStep * kStep);
  for (Index n = 0; n < count; ++n) {
    const auto dx = (s.picture.row(4 * n) - s.picture.row(4 * n + 1)).eval();
    const auto dy = (s.picture.row(4 * n + 2) - s.picture.row(4 * n + 3)).eval();
    out[static_cast<std::size_t>(n)] = Metric{dx.squaredNorm(), dx.dot(dy), dy.squaredNorm()} * kScale;
  }
}

MetricField empty_metric_field(const LatentGrid& grid) {
  return {grid, std::vector<Metric>(grid.size()), cells_from(grid, grid.center(grid.columns / 2, grid.rows / 2)), 0};
}

void fill_metric_field(MetricField& field, const Model& model, PictureSpace space, const LatentPlane& plane,
                       std::size_t cells, MetricScratch& s) {
  const std::size_t last = std::min(field.order.size(), field.filled + cells);
  std::vector<Point> places;
  for (std::size_t i = field.filled; i < last; ++i) places.push_back(field.grid.center(std::size_t{field.order[i]}));
  std::vector<Metric> found;
  metrics_at(model, space, plane, places, found, s);
  for (std::size_t i = 0; i < found.size(); ++i) field.cells[field.order[field.filled + i]] = found[i];
  field.filled = last;
}

Metric sample_metric(const MetricField& field, Point z) {
  const LatentGrid& grid = field.grid;
  const float x = std::clamp((z.x - grid.low.x) / grid.cell - 0.5f, 0.0f, static_cast<float>(grid.columns - 1));
  const float y = std::clamp((z.y - grid.low.y) / grid.cell - 0.5f, 0.0f, static_cast<float>(grid.rows - 1));
  const Index left = static_cast<Index>(x), bottom = static_cast<Index>(y);
  const Index right = std::min(left + 1, grid.columns - 1), top = std::min(bottom + 1, grid.rows - 1);
  const auto at = [&](Index column, Index row) {
    return field.cells[static_cast<std::size_t>(row * grid.columns + column)];
  };
  const float u = x - static_cast<float>(left), v = y - static_cast<float>(bottom);
  return (at(left, bottom) * (1 - u) + at(right, bottom) * u) * (1 - v) +
         (at(left, top) * (1 - u) + at(right, top) * u) * v;
}

MetricField near_data_metric(const MetricField& field, std::span<const float> density, double epsilon) {
  if (density.size() != field.cells.size())
    fail("metric near the data: the density has ", density.size(), " cells, the metric ", field.cells.size());
  double sum = 0, squares = 0;
  for (const float q : density)
    sum += static_cast<double>(q), squares += static_cast<double>(q) * static_cast<double>(q);
  if (sum <= 0) return field;
  const double typical = squares / sum;
  MetricField near = field;
  for (std::size_t i = 0; i < near.cells.size(); ++i)
    near.cells[i] = near.cells[i] * static_cast<float>(typical / (static_cast<double>(density[i]) + epsilon * typical));
  return near;
}

}  // namespace loom
