// The row of buttons that chooses the input image of a tool.
#pragma once

#include "explorer/tools/tool.h"

namespace loom {

// Cuts it off `rest`.
void draw_input_image_buttons(const ToolView& view, Rect& rest);

}  // namespace loom
