// The second of two models that are compared, and what was worked out about a model.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "explorer/model/readout.h"
#include "explorer/overlays/overlay.h"

namespace loom {

struct Explorer;
struct Input;

// What was worked out about a model on its plane: fields, and the overlays that were shown so far.
struct Study {
  const LoadedModel* model = nullptr;
  std::uint64_t projection_serial = 0;
  Fields fields;
  std::vector<std::unique_ptr<OverlayLayer>> layers;  // one per row of overlays(); null until first shown
};

// The second of two models that are compared.
struct Companion {
  const LoadedModel* model = nullptr;
  Point z;                  // where its cursor is
  bool by_image = false;    // the cursors share the test picture `image`, else coordinates
  std::int64_t image = -1;
  // The chosen test picture to whose code the ring was brought, and where; away from there the choice is over.
  std::int64_t brought = -1;
  Point brought_to;
  Reader reader;
  Study study;
};

// Begins anew where the study is of another model or another plane.
void follow_study(Study& study, const LoadedModel& model);

// Shows the second model of a comparison, or asks for it.
void follow_companion(Explorer& explorer);

// A press on the other plane moves the shared cursor.
void meet_other_plane(Explorer& explorer, const Input& input);

}  // namespace loom
