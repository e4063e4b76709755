#include "explorer/model/images/drawing.h"

#include "explorer/texts/texts.h"

#include <algorithm>

namespace loom {
namespace {

constexpr float kBrush = 1.35f;  // radius in pixels of the image

}  // namespace

void draw_stroke(VisitorImage& own, const ImageShape& shape, Point from, Point to) {
  if (own.pixels.size() != shape.size() || own.name != texts::kDrawingName) {
    own.pixels = Matrix::Zero(1, shape.size());
    own.name = texts::kDrawingName;
  }
  const int steps = 1 + static_cast<int>(2 * length(to - from));
  for (int s = 0; s <= steps; ++s) {
    const Point at = from + (to - from) * (static_cast<float>(s) / static_cast<float>(steps));
    for (Index row = 0; row < shape.height; ++row)
      for (Index column = 0; column < shape.width; ++column) {
        const Point middle{static_cast<float>(column) + 0.5f, static_cast<float>(row) + 0.5f};
        const float ink = std::clamp(kBrush + 0.5f - length(middle - at), 0.0f, 1.0f);
        for (Index c = 0; c < shape.channels; ++c) {
          Scalar& pixel = own.pixels(0, (c * shape.height + row) * shape.width + column);
          pixel = std::max(pixel, static_cast<Scalar>(ink));
        }
      }
  }
  ++own.serial;
}

void clear_image(VisitorImage& own) {
  own.pixels.resize(0, 0);
  ++own.serial;
}

void restore_image(VisitorImage& own, const VisitorImage* image) {
  if (!image) {
    if (own.pixels.size() > 0) clear_image(own);
    return;
  }
  if (own.serial == image->serial) return;
  own.name = image->name;
  own.pixels = image->pixels;
  ++own.serial;
}

}  // namespace loom
