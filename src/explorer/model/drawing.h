// Drawing on an image of the visitor's own.
#pragma once

#include "explorer/model/subject.h"

namespace loom {

// Darkens what a round brush touches on its way between two places, in pixels of the image. Starts a new drawing of
// this shape if `own` is none.
void draw_stroke(OwnPicture& own, const ImageShape& shape, Point from, Point to);

}  // namespace loom
