// Everything an overlay needs to compute and draw on the plane of one model.
#pragma once

#include "explorer/model/fields.h"
#include "explorer/model/loaded_model.h"
#include "explorer/state/state.h"

namespace loom {

struct Subject;

struct OverlayContext {
  const LoadedModel& model;
  const ExplorerState& state;
  Point z;               // on this model's plane
  View view;
  Rect plane;            // on the screen
  const Fields& fields;  // of the model
  const Subject* subject = nullptr;  // the input image (subject.h)
};

}  // namespace loom
