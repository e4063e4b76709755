// Drawing on the visitor's own image.
#pragma once

#include <string>
#include <string_view>

#include "explorer/model/images/input_image.h"

namespace loom {

// Draws a stroke of a round brush between two points, in pixels of the image. If `own` is not a drawing of this shape,
// it is replaced by a new one.
void draw_stroke(VisitorImage& own, const ImageShape& shape, Point from, Point to);

// The drawing as text (state/drawing_text.h), which gives exactly the same drawing again; empty if `own` is not drawn.
std::string text_of_drawing(const VisitorImage& own);
// Makes `own` the drawing of the text; removes a drawing if the text is none. An opened image then stays.
void set_drawing(VisitorImage& own, std::string_view text);

// Removes the image.
void clear_image(VisitorImage& own);

// Makes `own` what `image` was; null: no image.
void restore_image(VisitorImage& own, const VisitorImage* image);

}  // namespace loom
