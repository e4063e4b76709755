// What the panel of the tool "Train a model" shows of the run: where it is, its losses, buttons that save the model.
#pragma once

#include "explorer/tools/tool.h"

namespace loom {

// Draws at the top of `rest` and cuts off what it has used. Only for a run that has been started.
void draw_training_run(const ToolView&, Rect& rest);

}  // namespace loom
