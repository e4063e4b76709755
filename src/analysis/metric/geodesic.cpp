#include "analysis/metric/geodesic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "analysis/metric/path.h"

namespace loom {
namespace {

constexpr std::uint32_t kNobody = static_cast<std::uint32_t>(-1);
constexpr int kMostSweeps = 150;  // per level
constexpr int kLevels = 4;  // each has twice as many points; few points straighten a path in few sweeps
constexpr double kConverged = 1e-7;  // relative decrease of the energy in a sweep
constexpr float kDifference = 0.25f;  // of a cell, for the slope of the metric

// Steps to the sixteen neighbours. Their directions are at most 27 degrees apart, so in a flat metric paths are at
// most 2.7 % too long.
constexpr std::array<std::array<int, 2>, 16> kSteps{{{1, 0},
                                                     {0, 1},
                                                     {-1, 0},
                                                     {0, -1},
                                                     {1, 1},
                                                     {-1, 1},
                                                     {-1, -1},
                                                     {1, -1},
                                                     {2, 1},
                                                     {1, 2},
                                                     {-1, 2},
                                                     {-2, 1},
                                                     {-2, -1},
                                                     {-1, -2},
                                                     {1, -2},
                                                     {2, -1}}};

double piece_energy(const MetricField& field, Point a, Point b) {
  return square_length(sample_metric(field, (a + b) * 0.5f), b - a);
}

double piece_length(const MetricField& field, Point a, Point b) { return std::sqrt(piece_energy(field, a, b)); }

std::vector<double> piece_lengths(const MetricField& field, std::span<const Point> path) {
  std::vector<double> lengths;
  for (std::size_t i = 1; i < path.size(); ++i) lengths.push_back(piece_length(field, path[i - 1], path[i]));
  return lengths;
}

std::vector<Point> straight_points(Point from, Point to, std::size_t points) {
  std::vector<Point> path;
  for (std::size_t i = 0; i < points; ++i)
    path.push_back(from + (to - from) * (static_cast<float>(i) / static_cast<float>(points - 1)));
  path.back() = to;
  return path;
}

std::vector<Point> evenly(const MetricField& field, const std::vector<Point>& path, std::size_t points) {
  Matrix rows(static_cast<Index>(path.size()), 2);
  for (std::size_t i = 0; i < path.size(); ++i) rows.row(static_cast<Index>(i)) << path[i].x, path[i].y;
  const Matrix even = even_path(rows, piece_lengths(field, path), static_cast<Index>(points));
  std::vector<Point> out;
  for (Index i = 0; i < even.rows(); ++i) out.push_back({even(i, 0), even(i, 1)});
  return out;
}

// Number of points of the path at a level; all of them at the last level.
std::size_t points_at(int level, std::size_t points) {
  return std::max<std::size_t>(3, ((points - 1) >> (kLevels - 1 - level)) + 1);
}

void settle(const MetricField& field, Geodesic& g) {
  const auto cell = [](std::uint32_t at) { return std::size_t{at}; };
  std::vector<Point> path{g.to};
  for (std::uint32_t at = static_cast<std::uint32_t>(cell_at(field.grid, g.to)); g.before[at] != kNobody;
       at = g.before[at])
    if (g.before[g.before[at]] != kNobody) path.push_back(field.grid.center(cell(g.before[at])));
  path.push_back(g.from);
  std::reverse(path.begin(), path.end());
  // The path over cells has corners; if it is no shorter than the straight line, start from the straight line.
  if (metric_length(field, path) >= g.straight_length) path = {g.from, g.to};
  g.path = evenly(field, path, points_at(0, g.points));
  g.found = true;
  g.distance = {}, g.before = {}, g.open = {};
}

void search(const MetricField& field, Geodesic& g, std::size_t work) {
  const LatentGrid& grid = field.grid;
  const auto goal = static_cast<std::uint32_t>(cell_at(grid, g.to));
  for (std::size_t i = 0; i < work; ++i) {
    if (g.open.empty()) return settle(field, g);
    std::pop_heap(g.open.begin(), g.open.end());
    const Geodesic::Open top = g.open.back();
    g.open.pop_back();
    if (top.distance > g.distance[top.cell]) continue;
    if (top.cell == goal) return settle(field, g);
    const Index column = static_cast<Index>(top.cell) % grid.columns, row = static_cast<Index>(top.cell) / grid.columns;
    for (const auto& [right, up] : kSteps) {
      const Index c = column + right, r = row + up;
      if (c < 0 || r < 0 || c >= grid.columns || r >= grid.rows) continue;
      const auto next = static_cast<std::uint32_t>(r * grid.columns + c);
      const Point step{static_cast<float>(right) * grid.cell, static_cast<float>(up) * grid.cell};
      const Metric middle = (field.cells[top.cell] + field.cells[next]) * 0.5f;
      const float distance = top.distance + static_cast<float>(std::sqrt(square_length(middle, step)));
      if (!(distance < g.distance[next])) continue;  // also skips NaN, which an unusual decoder may give
      g.distance[next] = distance;
      g.before[next] = top.cell;
      g.open.push_back({distance, next});
      std::push_heap(g.open.begin(), g.open.end());
    }
  }
}

// Moves one point to decrease the energy of its two segments: a Newton step whose Hessian ignores changes of the
// metric, halved until the energy decreases. Returns the decrease.
double relax_point(const MetricField& field, Point before, Point& at, Point after) {
  const auto energy = [&](Point p) { return piece_energy(field, before, p) + piece_energy(field, p, after); };
  const double now = energy(at);
  const float h = kDifference * field.grid.cell;
  const double gx = (energy(at + Point{h, 0}) - energy(at - Point{h, 0})) / (2 * static_cast<double>(h));
  const double gy = (energy(at + Point{0, h}) - energy(at - Point{0, h})) / (2 * static_cast<double>(h));
  const Metric both = (sample_metric(field, (before + at) * 0.5f) + sample_metric(field, (at + after) * 0.5f)) * 2;
  // Adding a small multiple of the trace keeps the step finite where the metric is flat in one direction.
  const double ridge = 1e-4 * (static_cast<double>(both.xx) + both.yy) + 1e-30;
  const double a = both.xx + ridge, b = both.xy, c = both.yy + ridge, det = a * c - b * b;
  Point step{static_cast<float>((b * gy - c * gx) / det), static_cast<float>((b * gx - a * gy) / det)};
  const float longest = field.grid.cell;
  if (length(step) > longest) step = step * (longest / length(step));
  for (int halvings = 0; halvings < 6; ++halvings, step = step * 0.5f) {
    const double then = energy(at + step);
    if (then < now) {
      at = at + step;
      return now - then;
    }
  }
  return 0;
}

double sweep(const MetricField& field, std::vector<Point>& path) {
  double gain = 0;
  for (std::size_t i = 1; i + 1 < path.size(); ++i) gain += relax_point(field, path[i - 1], path[i], path[i + 1]);
  return gain;
}

void finish(const MetricField& field, Geodesic& g) {
  const std::vector<Point> even = evenly(field, g.path, g.points);
  if (metric_length(field, even) <= g.straight_length) g.path = even;
  g.length = metric_length(field, g.path);
  if (g.length > g.straight_length) {  // less energy means less length only at constant speed
    g.path = straight_points(g.from, g.to, g.points);
    g.length = g.straight_length;
  }
  g.done = true;
}

}  // namespace

double metric_length(const MetricField& field, std::span<const Point> path) {
  double sum = 0;
  for (const double l : piece_lengths(field, path)) sum += l;
  return sum;
}

Geodesic begin_geodesic(const MetricField& field, Point from, Point to, std::size_t points) {
  Geodesic g;
  g.from = from, g.to = to;
  g.points = points;
  g.path = straight_points(from, to, points);
  g.length = g.straight_length = metric_length(field, g.path);
  g.distance.assign(field.grid.size(), std::numeric_limits<float>::infinity());
  g.before.assign(field.grid.size(), kNobody);
  const auto start = static_cast<std::uint32_t>(cell_at(field.grid, from));
  g.distance[start] = 0;
  g.open.push_back({0, start});
  return g;
}

bool advance_geodesic(Geodesic& g, const MetricField& field, std::size_t work) {
  if (!g.found) {
    search(field, g, work);
    return false;
  }
  const std::size_t sweeps = std::max<std::size_t>(1, work / g.path.size());
  for (std::size_t i = 0; i < sweeps && !g.done; ++i) {
    double energy = 0;
    for (const double l : piece_lengths(field, g.path)) energy += l * l;
    const double gain = sweep(field, g.path);
    if (++g.sweeps < kMostSweeps && gain > kConverged * energy) continue;
    g.sweeps = 0;
    if (++g.level == kLevels)
      finish(field, g);
    else
      g.path = evenly(field, g.path, points_at(g.level, g.points));
  }
  if (!g.done) g.length = metric_length(field, g.path);
  return g.done;
}

}  // namespace loom
