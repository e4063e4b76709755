// Everything an overlay needs to compute and draw on the plane of one model.
#pragma once

#include "explorer/model/fields.h"
#include "explorer/model/loaded_model.h"
#include "explorer/state/state.h"

namespace loom {

struct InputImage;
class DotMotion;

struct OverlayContext {
  const LoadedModel& model;
  const ExplorerState& state;
  Point z;               // on this model's plane
  View view;
  Rect plane;            // on the screen
  const Fields& fields;  // of the model
  const InputImage* input = nullptr;  // the input image (input_image.h)
  const DotMotion* motion = nullptr;  // of the marks, while they are moving
};

}  // namespace loom
