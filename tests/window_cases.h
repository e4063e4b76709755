// Windows and channel counts for tests of convolutions: kernels 1 to 5, strides 1 to 3, uneven pads, odd sizes, and
// channel counts that take every path of window_kernels.cpp (few outputs, one vector, a pair of vectors, both).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/rng.h"
#include "core/text.h"
#include "nn/kernels/window.h"

namespace loom {

inline constexpr std::array<Index, 6> kChannelCounts = {1, 2, 3, 5, 16, 20};

// Every pair of channel counts, each with a different window. `transposed`: the size of the large image is computed
// from the small one. Otherwise it is the other way round, and the windows may leave a remainder of the large image
// uncovered.
inline std::vector<WindowMap> window_cases(bool transposed) {
  Rng rng(3, Stream::test);
  const auto below = [&](Index limit) { return static_cast<Index>(rng.below(static_cast<std::uint64_t>(limit))); };
  std::vector<WindowMap> maps;
  for (const Index large : kChannelCounts)
    for (const Index small : kChannelCounts) {
      const auto n = static_cast<Index>(maps.size());
      Window w;
      w.kernel_height = 1 + n % 5, w.kernel_width = 1 + (n / 5 + n) % 5;
      w.stride_height = 1 + n % 3, w.stride_width = 1 + (n / 3) % 3;
      w.pad_top = below(w.kernel_height), w.pad_bottom = below(w.kernel_height);
      w.pad_left = below(w.kernel_width), w.pad_right = below(w.kernel_width);
      if (transposed) {
        const ImageShape shape{small, 5, 3 + n % 9};
        maps.push_back({large_shape(shape, w, large), shape, w});
      } else {
        const ImageShape shape{large, 7, 9 + n % 11};
        maps.push_back({shape, small_shape(shape, w, small), w});
      }
    }
  return maps;
}

inline std::string window_text(const WindowMap& map) {
  const Window& w = map.window;
  return text(image_shape_text(map.large), " to ", image_shape_text(map.small), ", kernel ", w.kernel_height, 'x',
              w.kernel_width, ", stride ", w.stride_height, 'x', w.stride_width, ", pads ", w.pad_top, ' ', w.pad_left,
              ' ', w.pad_bottom, ' ', w.pad_right);
}

}  // namespace loom
