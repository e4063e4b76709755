// Placement and upscaling factor of an image; shared by the explorer and the first view.
#pragma once

#include <algorithm>

#include "core/image.h"
#include "explorer/state/rect.h"

namespace loom {

inline constexpr float kPictureRadius = 8;  // of the square's corners

// The largest rectangle inside the square that has the proportions of the image.
inline Rect picture_place(const Rect& square, const ImageShape& shape) {
  const auto width = static_cast<float>(shape.width), height = static_cast<float>(shape.height);
  const Rect frame = square.inset(kPictureRadius / 2);
  const float scale = std::min(frame.width / width, frame.height / height);
  return {square.center().x - scale * width / 2, square.center().y - scale * height / 2, scale * width, scale * height};
}

// The factor of upscaled_alpha (upscale.h) before the GPU scales the image to its place: to about 256 pixels, but to no
// more than twice its size on the screen. `scale`: device pixels per point.
inline Index picture_factor(const Rect& square, const ImageShape& shape, float scale) {
  const float most = std::min(256.0f, 2 * square.width * scale);
  return std::max<Index>(1, static_cast<Index>(most) / std::max(shape.height, shape.width));
}

}  // namespace loom
