// The model as a picture: an image, the encoder, z, the decoder, and the image that it draws now.
#pragma once

#include "explorer/draw/painter.h"
#include "explorer/draw/textures.h"
#include "explorer/session/session.h"

namespace loom {

inline constexpr float kModelStripHeight = 76;  // points

// Draws into `r`, which should be kModelStripHeight high. Needs session.model.
void draw_model_strip(const Painter& painter, Rect r, const Session& session, Textures& textures);

}  // namespace loom
