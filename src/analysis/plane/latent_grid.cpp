#include "analysis/plane/latent_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace loom {
namespace {

constexpr float kLeastHalf = 4.5f, kMostHalf = 8, kSigmas = 4;

}  // namespace

LatentGrid square_grid(Point center, float half_extent, Index cells) {
  return {{center.x - half_extent, center.y - half_extent}, 2 * half_extent / static_cast<float>(cells), cells, cells};
}

float analysis_half_extent(std::span<const Point> mu, std::span<const Point> sigma) {
  float half = kLeastHalf;
  for (std::size_t n = 0; n < mu.size(); ++n) {
    const Point s = sigma[sigma.size() == 1 ? 0 : n];
    half = std::max({half, std::abs(mu[n].x) + kSigmas * s.x, std::abs(mu[n].y) + kSigmas * s.y});
  }
  return std::min(half, kMostHalf);
}

std::vector<std::uint32_t> cells_from(const LatentGrid& grid, Point z) {
  std::vector<float> distance(grid.size());
  for (std::size_t i = 0; i < distance.size(); ++i) distance[i] = length(grid.center(i) - z);
  std::vector<std::uint32_t> order(grid.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return distance[a] < distance[b]; });
  return order;
}

std::size_t cell_at(const LatentGrid& grid, Point z) {
  const auto along = [&](float at, float low, Index count) {
    return static_cast<std::size_t>(std::clamp((at - low) / grid.cell, 0.0f, static_cast<float>(count - 1)));
  };
  return along(z.y, grid.low.y, grid.rows) * static_cast<std::size_t>(grid.columns) +
         along(z.x, grid.low.x, grid.columns);
}

float sample_field(const LatentGrid& grid, std::span<const float> field, Point z) {
  const float x = std::clamp((z.x - grid.low.x) / grid.cell - 0.5f, 0.0f, static_cast<float>(grid.columns - 1));
  const float y = std::clamp((z.y - grid.low.y) / grid.cell - 0.5f, 0.0f, static_cast<float>(grid.rows - 1));
  const Index left = static_cast<Index>(x), bottom = static_cast<Index>(y);
  const Index right = std::min(left + 1, grid.columns - 1), top = std::min(bottom + 1, grid.rows - 1);
  const auto at = [&](Index column, Index row) { return field[static_cast<std::size_t>(row * grid.columns + column)]; };
  const float u = x - static_cast<float>(left), v = y - static_cast<float>(bottom);
  return (1 - v) * ((1 - u) * at(left, bottom) + u * at(right, bottom)) +
         v * ((1 - u) * at(left, top) + u * at(right, top));
}

}  // namespace loom
