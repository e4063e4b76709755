// Which plane of a latent space of any dimension is looked at: two of its axes, or two of its principal directions
// (of the encoded means), through a point whose other coordinates are set by sliders.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace loom {

struct PlaneChoice {
  bool principal = false;               // directions of largest variance instead of the latent axes
  std::array<std::uint16_t, 2> axes{0, 1};  // which of them, different
  std::vector<float> others;  // coordinates along all of them, in order; those of the plane's two and what is
                              // missing at the end are 0

  bool operator==(const PlaneChoice&) const = default;
};

}  // namespace loom
