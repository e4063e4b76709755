// The row of buttons that chooses the input image of a tool.
#pragma once

#include "explorer/tools/tool.h"

namespace loom {

// Draws the row at the top of `rest` and cuts it off `rest`.
void draw_input_image_buttons(const ToolView& view, Rect& rest);

}  // namespace loom
