// The settings under the fold "More settings" of the tool "Train a model": how the network is trained, and on which of
// the images.
#pragma once

#include <string>

#include "explorer/tools/tool.h"

namespace loom {

// Draws at the top of `rest`, cuts off what it has used, and changes `next` where the visitor presses.
void draw_training_settings(const ToolView&, Rect& rest, TrainChoice& next);

// The settings under the fold that are not the usual ones, as words: "learning rate 0.001, only Sneaker".
std::string changed_training_settings(const TrainChoice& choice, const TrainImages& own);

}  // namespace loom
