#include "analysis/density/density_field.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "analysis/density/prior.h"
#include "core/math.h"

namespace loom {
namespace {

constexpr float kNarrowest = 0.2f;    // sigma in cells

}  // namespace

void GridGaussian::CellSpan::fill(float mu, float sigma, float low, float cell) {
  const float from = std::ceil((mu - kGaussianReach * sigma - low) / cell - 0.5f);
  const float to = std::floor((mu + kGaussianReach * sigma - low) / cell - 0.5f);
  const float most = static_cast<float>(values.size()) - 1;
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

GridGaussian::GridGaussian(const LatentGrid& grid) : grid_(grid) {
  across_.values.resize(static_cast<std::size_t>(grid.columns));
  up_.values.resize(static_cast<std::size_t>(grid.rows));
}

void GridGaussian::set(Point mu, Point sigma, std::size_t images) {
  const float narrowest = kNarrowest * grid_.cell;
  const Point s{std::max(sigma.x, narrowest), std::max(sigma.y, narrowest)};
  across_.fill(mu.x, s.x, grid_.low.x, grid_.cell);
  up_.fill(mu.y, s.y, grid_.low.y, grid_.cell);
  weight_ = static_cast<float>(1 / (2 * std::numbers::pi * static_cast<double>(images))) / (s.x * s.y);
}

DensityField empty_density(const LatentGrid& grid, std::size_t classes) {
  return {grid, classes, std::vector<float>(classes * grid.size()), std::vector<float>(grid.size())};
}

void add_posteriors(DensityField& field, std::span<const Point> mu, std::span<const Point> sigma,
                    std::span<const std::uint8_t> labels, std::size_t first, std::size_t last) {
  GridGaussian posterior(field.grid);
  for (std::size_t n = first; n < last; ++n) {
    float* density = field.by_class.data() + labels[n] * field.grid.size();
    posterior.set(mu[n], sigma[sigma.size() == 1 ? 0 : n], mu.size());
    posterior.for_each_cell([&](std::size_t cell, float more) { density[cell] += more; });
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
