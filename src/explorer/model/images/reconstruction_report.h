// A model's reconstruction of an image, the difference, and the terms of the loss (uses/anomalies.h).
#pragma once

#include <optional>
#include <string_view>

#include "explorer/model/images/input_image.h"
#include "uses/anomalies.h"

namespace loom {

// The unit of the model's loss: "nats", or "squared error".
std::string_view loss_unit(const ModelSpec&);

class ReconstructionReport {
 public:
  // Computes the reconstruction at once, and the loss when the image has stayed the same for a frame, because the loss
  // needs many decoded images. Returns true while there is more to do.
  bool work(const LoadedModel& model, const InputImage& input);

  const Picture& original() const { return original_; }  // empty for a test image without its original
  const Picture& reconstruction() const { return reconstruction_; }
  const Picture& difference() const { return difference_; }  // |original - reconstruction|
  const std::optional<ImageLoss>& loss() const { return loss_; }

 private:
  std::uint64_t serial_ = 0;
  const LoadedModel* model_ = nullptr;
  Picture original_, reconstruction_, difference_;
  std::optional<ImageLoss> loss_;
  bool pending_ = false;
  Workspace workspace_;
  BoundScratch scratch_;
};

}  // namespace loom
