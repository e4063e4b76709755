// A picture that can be drawn at any size: bilinear between the centers of its texels, edges clamped, as on graphics
// cards.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/color.h"

namespace loom {

class Texture {
 public:
  Texture() = default;
  Texture(std::span<const Color> texels, int width, int height);

  int width() const { return width_; }
  int height() const { return height_; }
  bool is_opaque() const { return opaque_; }

  // A position in units of 2^-16 texels; 0, 0 is the center of the first texel.
  static constexpr int kFraction = 16;
  struct Place {
    std::int64_t x, y;
  };
  // The place of texture coordinates u, v, which are 0 at the left and upper edges and 1 at the right and lower
  // edges.
  Place place(double u, double v) const;

  // Samples the texture at `count` places that begin at `from` and are `step` apart.
  void sample(Place from, Place step, int count, Color* out) const;

 private:
  void sample_row(Place from, std::int64_t step, int count, Color* out) const;

  std::vector<Color> texels_;  // rows from the top, and one extra texel, because texels are read in pairs
  int width_ = 0, height_ = 0;
  bool opaque_ = false;
};

}  // namespace loom
