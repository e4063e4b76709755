// Which unit of a model's networks the tool Look inside and the overlay of units show.
#pragma once

#include <cstdint>

namespace loom {

enum class Network : std::uint8_t { decoder, encoder };

inline constexpr std::int32_t kLargestUnit = 1 << 24;  // of layer and unit in a link

struct UnitChoice {
  Network network = Network::decoder;
  std::int32_t layer = 0, unit = 0;  // indices; a unit is one number of a dense layer or one map of a convolution

  bool operator==(const UnitChoice&) const = default;
};

}  // namespace loom
