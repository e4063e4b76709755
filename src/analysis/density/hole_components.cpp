#include "analysis/density/hole_components.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "analysis/density/prior.h"

namespace loom {
namespace {

// Squared distances along one line: the lower envelope of the parabolas (i - j)^2 + f[j]. The cells beyond either end
// of the line are unmarked, so f = 0 there.
class Envelope {
 public:
  explicit Envelope(Index longest)
      : f_(static_cast<std::size_t>(longest) + 2), apex_(f_.size()), start_(f_.size() + 1) {}

  void run(float* values, Index count, Index step) {
    const Index padded = count + 2;
    f_[0] = f_[static_cast<std::size_t>(padded - 1)] = 0;
    for (Index i = 0; i < count; ++i) f_[static_cast<std::size_t>(i + 1)] = static_cast<double>(values[i * step]);
    std::size_t last = 0;
    apex_[0] = 0;
    start_[0] = -kFar, start_[1] = kFar;
    for (Index i = 1; i < padded; ++i) {
      double cross = crossing(i, apex_[last]);
      while (cross <= start_[last]) cross = crossing(i, apex_[--last]);
      apex_[++last] = i;
      start_[last] = cross, start_[last + 1] = kFar;
    }
    std::size_t at = 0;
    for (Index i = 1; i + 1 < padded; ++i) {
      while (start_[at + 1] < static_cast<double>(i)) ++at;
      const double along = static_cast<double>(i - apex_[at]);
      values[(i - 1) * step] = static_cast<float>(along * along + f_[static_cast<std::size_t>(apex_[at])]);
    }
  }

 private:
  static constexpr double kFar = 1e20;

  double crossing(Index i, Index j) const {
    const double a = static_cast<double>(i), b = static_cast<double>(j);
    return (f_[static_cast<std::size_t>(i)] + a * a - f_[static_cast<std::size_t>(j)] - b * b) / (2 * (a - b));
  }

  std::vector<double> f_;
  std::vector<Index> apex_;
  std::vector<double> start_;
};

constexpr float kUnmarkedFar = 1e9f;  // squared; more than any grid is wide

// Marks the component of `seed` in `labels` and returns its cells.
std::vector<std::size_t> flood(const std::vector<std::uint8_t>& marked, Index columns, Index rows, std::size_t seed,
                               std::int32_t label, std::vector<std::int32_t>& labels) {
  std::vector<std::size_t> cells{seed};
  labels[seed] = label;
  const auto visit = [&](std::size_t cell) {
    if (!marked[cell] || labels[cell] >= 0) return;
    labels[cell] = label;
    cells.push_back(cell);
  };
  const auto width = static_cast<std::size_t>(columns);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t cell = cells[i], column = cell % width, row = cell / width;
    if (column > 0) visit(cell - 1);
    if (column + 1 < width) visit(cell + 1);
    if (row > 0) visit(cell - width);
    if (row + 1 < static_cast<std::size_t>(rows)) visit(cell + width);
  }
  return cells;
}

}  // namespace

std::vector<float> distance_inside(const std::vector<std::uint8_t>& marked, Index columns, Index rows) {
  std::vector<float> square(marked.size());
  for (std::size_t i = 0; i < marked.size(); ++i) square[i] = marked[i] ? kUnmarkedFar : 0;
  Envelope envelope(std::max(columns, rows));
  for (Index column = 0; column < columns; ++column) envelope.run(square.data() + column, rows, columns);
  for (Index row = 0; row < rows; ++row) envelope.run(square.data() + row * columns, columns, 1);
  for (float& value : square) value = std::sqrt(value);
  return square;
}

std::vector<Hole> hole_components(const DensityField& field, double tau, double radius,
                                  std::vector<std::int32_t>* labels_out) {
  const LatentGrid& grid = field.grid;
  std::vector<std::uint8_t> marked(grid.size());
  for (std::size_t i = 0; i < marked.size(); ++i) {
    const Point z = grid.center(i);
    marked[i] = static_cast<double>(length(z)) < radius && static_cast<double>(field.total[i]) < tau * prior_density(z);
  }
  const std::vector<float> depth = distance_inside(marked, grid.columns, grid.rows);
  std::vector<std::int32_t> labels(grid.size(), -1);
  std::vector<Hole> holes;
  for (std::size_t seed = 0; seed < marked.size(); ++seed) {
    if (!marked[seed] || labels[seed] >= 0) continue;
    Hole hole;
    std::size_t deepest = seed;
    for (const std::size_t cell :
         flood(marked, grid.columns, grid.rows, seed, static_cast<std::int32_t>(holes.size()), labels)) {
      hole.prior_mass += prior_density(grid.center(cell)) * grid.cell_area();
      hole.area += grid.cell_area();
      if (depth[cell] > depth[deepest]) deepest = cell;
    }
    hole.deepest = grid.center(deepest);
    hole.depth = static_cast<double>(depth[deepest]) * static_cast<double>(grid.cell);
    holes.push_back(hole);
  }
  std::vector<std::size_t> order(holes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return holes[a].prior_mass > holes[b].prior_mass; });
  std::vector<Hole> sorted;
  std::vector<std::int32_t> rank(holes.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    rank[order[i]] = static_cast<std::int32_t>(i);
    sorted.push_back(holes[order[i]]);
  }
  if (labels_out) {
    for (std::int32_t& label : labels)
      if (label >= 0) label = rank[static_cast<std::size_t>(label)];
    *labels_out = std::move(labels);
  }
  return sorted;
}

}  // namespace loom
