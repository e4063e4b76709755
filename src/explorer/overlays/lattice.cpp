#include "explorer/overlays/lattice.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace loom {
namespace {
constexpr std::int32_t kCoarsest = -8, kFinest = 12;
}

float Lattice::side(std::int32_t level) const { return std::ldexp(side_, -level); }

Point Lattice::middle(const LatticeCell& cell) const {
  const float s = side(cell.level);
  return {(static_cast<float>(cell.x) + 0.5f) * s, (static_cast<float>(cell.y) + 0.5f) * s};
}

std::int32_t Lattice::level_for(const View& view, const Rect& plane, float points) const {
  const float wide = side_ * points_per_unit(view, plane);
  return std::clamp(static_cast<std::int32_t>(std::ceil(std::log2(wide / points))), kCoarsest, kFinest);
}

std::vector<LatticeCell> Lattice::seen(const View& view, const Rect& plane, std::int32_t level,
                                       std::size_t most) const {
  const Point low = to_latent(view, plane, {plane.x, plane.bottom()});
  const Point high = to_latent(view, plane, {plane.right(), plane.y});
  const float s = side(level);
  const auto first = [&](float at) { return static_cast<std::int32_t>(std::floor(at / s)); };
  std::vector<LatticeCell> cells;
  for (std::int32_t y = first(low.y); y <= first(high.y); ++y)
    for (std::int32_t x = first(low.x); x <= first(high.x); ++x) cells.push_back({level, x, y});
  const Point center = to_latent(view, plane, plane.center());
  std::ranges::sort(cells, {},
                    [&](const LatticeCell& cell) { return std::tuple(length(middle(cell) - center), cell.y, cell.x); });
  if (cells.size() > most) cells.resize(most);
  return cells;
}

}  // namespace loom
