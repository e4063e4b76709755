// What the panel of the tool "Train a model" lets the visitor choose: data, network, latent space, beta, missions.
#pragma once

#include "explorer/tools/tool.h"

namespace loom {

// Draws at the top of `rest` and cuts off what it has used.
void draw_training_choices(const ToolView&, Rect& rest);

}  // namespace loom
