// A decoded image in a frame.
#pragma once

#include "core/image.h"
#include "explorer/draw/painter.h"
#include "explorer/draw/textures.h"
#include "explorer/model/readout.h"

namespace loom {

// Draws the image as dark ink on paper or, in the dark theme, light on dark. `name`: of its texture.
void draw_picture(const Painter& painter, Rect square, const ImageShape& shape, const Picture& picture,
                  std::string_view name, Textures& textures);

}  // namespace loom
