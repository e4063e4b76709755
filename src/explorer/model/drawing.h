// Drawing on an image of the visitor's own.
#pragma once

#include "explorer/model/input_image.h"

namespace loom {

// Draws a stroke of a round brush between two points, in pixels of the image. Starts a new drawing of this shape if
// `own` is not one.
void draw_stroke(VisitorImage& own, const ImageShape& shape, Point from, Point to);

}  // namespace loom
