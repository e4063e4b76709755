// Places on the plane that stay where they are while one zooms: levels of square lattices, each twice as fine as the
// one before, and which of their squares are seen. The middle of the view comes first.
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
  // Squares of level 0 have this side.
  explicit Lattice(float side = 1) : side_(side) {}

  float side(std::int32_t level) const;
  Point middle(const LatticeCell& cell) const;

  // The level whose squares are at most `points` of the screen wide, and more than half of that; within [-8, 12].
  std::int32_t level_for(const View& view, const Rect& plane, float points) const;

  // The cells of a level that the view touches, from its middle outwards; at most `most`.
  std::vector<LatticeCell> seen(const View& view, const Rect& plane, std::int32_t level, std::size_t most) const;

 private:
  float side_;
};

}  // namespace loom
