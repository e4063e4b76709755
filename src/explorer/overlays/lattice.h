// A quadtree grid of the plane: square cells at fixed latent positions; each level is twice as fine as the one before.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "explorer/state/view.h"

namespace loom {

struct LatticeCell {
  std::int32_t level = 0, x = 0, y = 0;

  auto operator<=>(const LatticeCell&) const = default;
};

class Lattice {
 public:
  // `side`: of the cells of level 0, in latent units.
  explicit Lattice(float side = 1) : side_(side) {}

  float side(std::int32_t level) const;
  Point middle(const LatticeCell& cell) const;

  // The level whose cells are at most `points` and more than points / 2 wide on the screen; clamped to [-8, 12].
  std::int32_t level_for(const View& view, const Rect& plane, float points) const;

  // The visible cells of a level, from the centre of the view outwards; at most `most`.
  std::vector<LatticeCell> seen(const View& view, const Rect& plane, std::int32_t level, std::size_t most) const;

 private:
  float side_;
};

}  // namespace loom
