// An image in a frame.
#pragma once

#include "core/image.h"
#include "explorer/draw/painter.h"
#include "explorer/draw/textures.h"
#include "explorer/model/readout.h"

namespace loom {

// The picture in a frame, as dark pencil on paper or light on dark.
void draw_picture(const Painter& painter, Rect square, const ImageShape& shape, const Picture& picture,
                  std::string_view name, Textures& textures);

}  // namespace loom
