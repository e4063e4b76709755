#include "explorer/draw/upscale.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/color.h"

namespace loom {
namespace {

// The indices, along a line of `length` pixels, and the weights of the four inputs of an output pixel.
struct Taps {
  std::array<Index, 4> at;
  std::array<float, 4> weight;
};

std::vector<Taps> taps_along(Index length, Index factor) {
  std::vector<Taps> taps(static_cast<std::size_t>(length * factor));
  for (std::size_t i = 0; i < taps.size(); ++i) {
    const float position = (static_cast<float>(i) + 0.5f) / static_cast<float>(factor) - 0.5f;
    const float t = position - std::floor(position);
    for (Index k = 0; k < 4; ++k)
      taps[i].at[static_cast<std::size_t>(k)] =
          std::clamp<Index>(static_cast<Index>(std::floor(position)) + k - 1, 0, length - 1);
    taps[i].weight = {((-t + 2) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((-3 * t + 4) * t + 1) * t / 2,
                      (t - 1) * t * t / 2};
  }
  return taps;
}

}  // namespace

std::vector<std::uint32_t> upscaled_alpha(std::span<const float> pixels, const ImageShape& shape, Index factor) {
  const std::vector<Taps> across = taps_along(shape.width, factor), down = taps_along(shape.height, factor);
  const auto width = static_cast<Index>(across.size());
  Matrix wide = Matrix::Zero(shape.height, width);
  for (Index c = 0; c < shape.channels; ++c) {
    const float* channel = pixels.data() + c * shape.height * shape.width;
    for (Index y = 0; y < shape.height; ++y)
      for (Index x = 0; x < width; ++x) {
        const Taps& tap = across[static_cast<std::size_t>(x)];
        float sum = 0;
        for (std::size_t k = 0; k < 4; ++k) sum += tap.weight[k] * channel[y * shape.width + tap.at[k]];
        wide(y, x) += sum / static_cast<float>(shape.channels);
      }
  }
  std::vector<std::uint32_t> out(static_cast<std::size_t>(width) * down.size());
  RowVector row(width);
  for (std::size_t y = 0; y < down.size(); ++y) {
    row.setZero();
    for (std::size_t k = 0; k < 4; ++k) row += down[y].weight[k] * wide.row(down[y].at[k]);
    for (Index x = 0; x < width; ++x) {
      const float alpha = unit_interval(static_cast<float>(row[x]));
      out[y * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] =
          static_cast<std::uint32_t>(alpha * 255.0f + 0.5f) << 24 | 0xffffffu;
    }
  }
  return out;
}

}  // namespace loom
