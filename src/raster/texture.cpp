#include "raster/texture.h"

#include <algorithm>
#include <cmath>

#include "raster/channels.h"

namespace loom {
namespace {

constexpr std::int64_t kOne = 1 << Texture::kFraction;

// Half of one of the 256 weights between two texels: adding it makes dropping the lower bits round to nearest.
constexpr std::int64_t kHalfWeight = kOne / 512;

// The upper eight fractional bits of a position, as a weight out of 256.
std::uint16_t part(std::int64_t at) { return static_cast<std::uint16_t>(at >> (Texture::kFraction - 8) & 0xff); }

// Interpolates between two rows, for a texel and its right neighbour.
Channels between_rows(const Color* upper, const Color* lower, std::uint16_t below) {
  return (load_pair(upper) * static_cast<std::uint16_t>(256 - below) + load_pair(lower) * below + 128) >> 8;
}
Channels weights(std::uint16_t right) {
  const auto left = static_cast<std::uint16_t>(256 - right);
  return Channels{left, left, left, left, right, right, right, right};
}
// The two pixels that result from two such pairs of weighted neighbours.
Channels summed(const Channels& a, const Channels& b) {
  return (__builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +
          __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15) + 128) >>
         8;
}

}  // namespace

Texture::Texture(std::span<const Color> texels, int width, int height)
    : width_(width), height_(height), opaque_(std::ranges::all_of(texels, [](Color c) { return c >> 24 == 0xff; })) {
  texels_.reserve(texels.size() + 1);
  texels_.assign(texels.begin(), texels.end());
  texels_.push_back(0);
}

Texture::Place Texture::place(double u, double v) const {
  const auto at = [](double share, int size) -> std::int64_t {
    return std::llround(std::clamp(share * size - 0.5, -1.0, static_cast<double>(size)) * kOne) + kHalfWeight;
  };
  return {at(u, width_), at(v, height_)};
}

void Texture::sample(Place from, Place step, int count, Color* out) const {
  if (step.y == 0) return sample_row(from, step.x, count, out);
  const std::int64_t last_x = (width_ - 1) * kOne, last_y = (height_ - 1) * kOne;
  const auto pixel = [&](int i) {
    const std::int64_t x = std::clamp<std::int64_t>(from.x + i * step.x, 0, last_x),
                       y = std::clamp<std::int64_t>(from.y + i * step.y, 0, last_y);
    const Color* upper = texels_.data() + (y >> kFraction) * width_ + (x >> kFraction);
    return between_rows(upper, y < last_y ? upper + width_ : upper, part(y)) * weights(part(x));
  };
  in_pairs(
      count, [&](int i) { store_pair(out + i, summed(pixel(i), pixel(i + 1))); },
      [&](int i) {
        Color pair[2];
        store_pair(pair, summed(pixel(i), pixel(i)));
        out[i] = pair[0];
      });
}

void Texture::sample_row(Place from, std::int64_t step, int count, Color* out) const {
  const std::int64_t last_x = (width_ - 1) * kOne, y = std::clamp<std::int64_t>(from.y, 0, (height_ - 1) * kOne);
  const Color* upper = texels_.data() + (y >> kFraction) * width_;
  const Color* lower = y >> kFraction < height_ - 1 ? upper + width_ : upper;
  const std::uint16_t below = part(y);
  // Drawn at its own size, without interpolation: copy the texels.
  const std::int64_t first = from.x >> kFraction;
  if (step == kOne && part(from.x) == 0 && below == 0 && first >= 0 && first + count <= width_) {
    std::copy_n(upper + first, count, out);
    return;
  }
  const auto pixel = [&](int i) {
    const std::int64_t x = std::clamp<std::int64_t>(from.x + i * step, 0, last_x), column = x >> kFraction;
    return between_rows(upper + column, lower + column, below) * weights(part(x));
  };
  in_pairs(
      count, [&](int i) { store_pair(out + i, summed(pixel(i), pixel(i + 1))); },
      [&](int i) {
        Color pair[2];
        store_pair(pair, summed(pixel(i), pixel(i)));
        out[i] = pair[0];
      });
}

}  // namespace loom
