// The curves of a training run: losses with the least possible one and that of a model that ships, and what the marks
// say of classes and holes.
#pragma once

#include <cstddef>

#include "explorer/tools/tool.h"

namespace loom {

class TrainCurves {
 public:
  // Draws a row of buttons that choose what is shown, the curves, and their last values; cuts them off `rest`.
  void draw(const ToolView&, Rect& rest);

 private:
  std::size_t shown_ = 0;  // of texts::kCurves
};

}  // namespace loom
