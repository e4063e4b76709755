// The row of controls for what a tool plays: play or pause, the speed, and whether it goes round.
#pragma once

#include "explorer/tools/tool.h"

namespace loom {

// Draws it at the top of `rest` and cuts it off. `can`: there is something to play.
void draw_player_row(const ToolView& view, Rect& rest, bool can);

}  // namespace loom
