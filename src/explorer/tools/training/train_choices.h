// What the panel of the tool "Train a model" lets the visitor choose: data, network, latent space, beta, missions; and,
// under a fold, how it is trained.
#pragma once

#include "explorer/tools/tool.h"

namespace loom {

// Draws at the top of `rest` and cuts off what it has used. `unfolded`: whether "More settings" are shown.
void draw_training_choices(const ToolView&, Rect& rest, bool& unfolded);

}  // namespace loom
