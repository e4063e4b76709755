// A picture to draw with, smoothly enlarged or reduced: bilinear between the middles of its texels, edges clamped, as
// graphics cards do it.
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

  // A place between texels in units of 2^-16: 0, 0 is the middle of the first.
  static constexpr int kFraction = 16;
  struct Place {
    std::int64_t x, y;
  };
  // The place of u, v, which are 0 at the left and upper edge of the texture and 1 at the others.
  Place place(double u, double v) const;

  // The texture at places that begin at `from` and are `step` apart.
  void sample(Place from, Place step, int count, Color* out) const;

 private:
  void sample_row(Place from, std::int64_t step, int count, Color* out) const;

  std::vector<Color> texels_;  // rows from the top, and one texel that pairs may reach into
  int width_ = 0, height_ = 0;
  bool opaque_ = false;
};

}  // namespace loom
