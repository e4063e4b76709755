#include "explorer/model/images/drawing.h"

#include <algorithm>
#include <cmath>

#include "explorer/state/drawing_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kBrush = 1.35f;  // radius in pixels of the image

// Ink has as many levels as the text of a drawing, so that a link gives the same drawing.
float stepped(float ink) { return std::round(ink * kDrawingWhite) / kDrawingWhite; }

void take(VisitorImage& own, Matrix pixels, const ImageShape& paper) {
  own.pixels = std::move(pixels);
  own.name = texts::kDrawingName;
  own.paper = paper;
}

}  // namespace

void draw_stroke(VisitorImage& own, const ImageShape& shape, Point from, Point to) {
  if (own.pixels.size() == 0 || own.paper != shape) take(own, Matrix::Zero(1, shape.size()), shape);
  const int steps = 1 + static_cast<int>(2 * length(to - from));
  for (int s = 0; s <= steps; ++s) {
    const Point at = from + (to - from) * (static_cast<float>(s) / static_cast<float>(steps));
    for (Index row = 0; row < shape.height; ++row)
      for (Index column = 0; column < shape.width; ++column) {
        const Point middle{static_cast<float>(column) + 0.5f, static_cast<float>(row) + 0.5f};
        const float ink = stepped(std::clamp(kBrush + 0.5f - length(middle - at), 0.0f, 1.0f));
        for (Index c = 0; c < shape.channels; ++c) {
          Scalar& pixel = own.pixels(0, (c * shape.height + row) * shape.width + column);
          pixel = std::max(pixel, static_cast<Scalar>(ink));
        }
      }
  }
  ++own.serial;
}

std::string text_of_drawing(const VisitorImage& own) {
  if (own.pixels.size() == 0 || !own.paper) return {};
  DrawingPixels out{static_cast<int>(own.paper->width), static_cast<int>(own.paper->height), {}};
  const Index count = own.paper->height * own.paper->width;  // all channels are equal
  for (Index i = 0; i < count; ++i)
    out.levels.push_back(static_cast<std::uint8_t>(std::lround(own.pixels(0, i) * kDrawingWhite)));
  return drawing_text(out);
}

void set_drawing(VisitorImage& own, std::string_view text) {
  const std::optional<DrawingPixels> drawing = read_drawing(text);
  if (!drawing) {
    if (own.paper && own.pixels.size() > 0) clear_image(own);
    return;
  }
  Matrix pixels(1, drawing->width * drawing->height);
  for (std::size_t i = 0; i < drawing->levels.size(); ++i)
    pixels(0, static_cast<Index>(i)) = static_cast<Scalar>(drawing->levels[i]) / kDrawingWhite;
  take(own, std::move(pixels), {1, drawing->height, drawing->width});
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
  own.paper = image->paper;
  ++own.serial;
}

}  // namespace loom
