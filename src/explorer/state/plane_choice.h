// Which plane of the latent space is shown: two of its axes, or two of the principal directions of the encoded means,
// through a point whose other coordinates are set by sliders.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace loom {

struct PlaneChoice {
  bool principal = false;               // directions of largest variance instead of the latent axes
  std::array<std::uint16_t, 2> axes{0, 1};  // indices of two different directions
  std::vector<float> others;  // coordinates along all directions, in order; 0 for the two of the plane, and for
                              // those missing at the end

  bool operator==(const PlaneChoice&) const = default;
};

}  // namespace loom
