// What the panel of the tool "Train a model" shows of the run: where it is, ten images with their reconstructions, its
// curves, buttons that save the model.
#pragma once

#include "explorer/tools/tool.h"
#include "explorer/tools/training/train_curves.h"
#include "explorer/tools/training/train_strip.h"

namespace loom {

class TrainingRunPanel {
 public:
  // Decodes the images until the deadline. Returns true while there is more to do.
  bool work(const ToolContext& context);

  // Draws at the top of `rest` and cuts off what it has used. Only for a run that has been started, or kept.
  void draw(const ToolView&, Rect& rest);

 private:
  TrainStrip strip_;
  TrainCurves curves_;
};

}  // namespace loom
