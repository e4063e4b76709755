// The row with which one chooses the picture that tools look at.
#pragma once

#include "explorer/tools/tool.h"

namespace loom {

// Cuts it off `rest`.
void draw_subject_buttons(const ToolView& view, Rect& rest);

}  // namespace loom
