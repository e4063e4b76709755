// Drawing on the visitor's own image.
#pragma once

#include "explorer/model/images/input_image.h"

namespace loom {

// Draws a stroke of a round brush between two points, in pixels of the image. If `own` is not a drawing of this shape,
// it is replaced by a new one.
void draw_stroke(VisitorImage& own, const ImageShape& shape, Point from, Point to);

// Removes the image.
void clear_image(VisitorImage& own);

// Makes `own` what `image` was; null: no image.
void restore_image(VisitorImage& own, const VisitorImage* image);

}  // namespace loom
