// The second model of a comparison.
#pragma once

#include <cstdint>
#include <optional>

#include "explorer/model/fields.h"
#include "explorer/model/readout.h"

namespace loom {

struct ComparedModel {
  const LoadedModel* model = nullptr;
  Point z;                // where its ring is
  std::optional<View> view;  // of its own plane, if the rings share an image; none: its home view
  bool by_image = false;  // both rings are at the test image `image`; otherwise both are at the same z
  std::int64_t image = -1;
  // The chosen test image and the point to which the ring was moved for it. Once the ring is elsewhere, the image is no
  // longer chosen.
  std::int64_t moved_to_image = -1;
  Point moved_to;
  PointDecoder decoder;
  DerivedFields derived;
};

}  // namespace loom
