// How large text and controls are.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "explorer/state/state.h"

namespace loom {

// Points of the layout are CSS pixels times this, for a window of this size in CSS pixels. Large windows enlarge
// everything in steps of a tenth, so that it can be read from where the whole window is seen; the visitor can choose
// more (state.display). No choice makes the layout smaller than a small phone's.
inline float enlargement(float width, float height, DisplaySize display) {
  constexpr float kComfortableWidth = 1600, kComfortableHeight = 900, kMostForWindow = 2;
  constexpr float kSmallestWidth = 320, kSmallestHeight = 300;
  constexpr std::array kChosen{1.0f, 1.25f, 1.5f, 2.0f};
  const float fits = std::min(width / kComfortableWidth, height / kComfortableHeight);
  const float for_window = std::floor(std::clamp(fits, 1.0f, kMostForWindow) * 10) / 10;
  const float most = std::max(1.0f, std::min(width / kSmallestWidth, height / kSmallestHeight));
  return std::min(for_window * kChosen[static_cast<std::size_t>(display)], most);
}

}  // namespace loom
