#include "analysis/density/density_field.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "analysis/density/prior.h"
#include "core/math.h"

namespace loom {
namespace {

constexpr float kNarrowest = 0.2f;    // sigma in cells

// exp(-((x - mu) / sigma)^2 / 2) at the centers of those cells of a row that are within reach of mu.
struct CellSpan {
  Index first = 0, count = 0;

  void fill(float mu, float sigma, float low, float cell, Index cells, std::vector<float>& values) {
    const float from = std::ceil((mu - kGaussianReach * sigma - low) / cell - 0.5f);
    const float to = std::floor((mu + kGaussianReach * sigma - low) / cell - 0.5f);
    const float most = static_cast<float>(cells - 1);
    first = static_cast<Index>(std::clamp(from, 0.0f, most));
    count = static_cast<Index>(std::clamp(to, -1.0f, most)) - first + 1;
    if (from > most || count <= 0) {
      count = 0;
      return;
    }
    const float start = (low + (static_cast<float>(first) + 0.5f) * cell - mu) / sigma, step = cell / sigma;
    float* value = values.data();
    for (Index i = 0; i < count; ++i) {
      const float t = start + static_cast<float>(static_cast<int>(i)) * step;
      value[i] = loom::exp(-0.5f * t * t);
    }
  }
};

}  // namespace

DensityField empty_density(const LatentGrid& grid, std::size_t classes) {
  return {grid, classes, std::vector<float>(classes * grid.size()), std::vector<float>(grid.size())};
}

void add_posteriors(DensityField& field, std::span<const Point> mu, std::span<const Point> sigma,
                    std::span<const std::uint8_t> labels, std::size_t first, std::size_t last) {
  const LatentGrid& grid = field.grid;
  const float narrowest = kNarrowest * grid.cell;
  std::vector<float> across(static_cast<std::size_t>(grid.columns)), up(static_cast<std::size_t>(grid.rows));
  for (std::size_t n = first; n < last; ++n) {
    const Point given = sigma[sigma.size() == 1 ? 0 : n];
    const Point s{std::max(given.x, narrowest), std::max(given.y, narrowest)};
    CellSpan x, y;
    x.fill(mu[n].x, s.x, grid.low.x, grid.cell, grid.columns, across);
    y.fill(mu[n].y, s.y, grid.low.y, grid.cell, grid.rows, up);
    const float weight = static_cast<float>(1 / (2 * std::numbers::pi * static_cast<double>(mu.size()))) / (s.x * s.y);
    float* row = field.by_class.data() + labels[n] * grid.size() + y.first * grid.columns + x.first;
    const float* a = across.data();
    for (Index r = 0; r < y.count; ++r, row += grid.columns) {
      const float b = weight * up[static_cast<std::size_t>(r)];
      for (Index i = 0; i < x.count; ++i) row[i] += b * a[i];
    }
  }
}

void finish_density(DensityField& field) {
  std::fill(field.total.begin(), field.total.end(), 0.0f);
  for (std::size_t c = 0; c < field.classes; ++c) {
    const std::span<const float> q = field.of_class(c);
    for (std::size_t i = 0; i < q.size(); ++i) field.total[i] += q[i];
  }
}

DensityField density_field(const LatentGrid& grid, std::span<const Point> mu, std::span<const Point> sigma,
                           std::span<const std::uint8_t> labels, std::size_t classes) {
  DensityField field = empty_density(grid, classes);
  add_posteriors(field, mu, sigma, labels, 0, mu.size());
  finish_density(field);
  return field;
}

std::vector<float> prior_field(const LatentGrid& grid) {
  std::vector<float> p(grid.size());
  for (std::size_t i = 0; i < p.size(); ++i) p[i] = static_cast<float>(prior_density(grid.center(i)));
  return p;
}

std::vector<float> log_ratio_field(const DensityField& field, float bound) {
  std::vector<float> ratio(field.grid.size());
  for (std::size_t i = 0; i < ratio.size(); ++i) {
    const double q = static_cast<double>(field.total[i]);
    const double log_ratio = q > 0 ? std::log(q) - log_prior_density(field.grid.center(i)) : -1e30;
    ratio[i] = static_cast<float>(std::clamp(log_ratio, static_cast<double>(-bound), static_cast<double>(bound)));
  }
  return ratio;
}

}  // namespace loom
