// What a model makes of a picture: its reconstruction, the difference, and the terms of the loss.
#pragma once

#include <optional>
#include <string_view>

#include "analysis/bound.h"
#include "explorer/model/subject.h"

namespace loom {

struct LossTerms {
  double reconstruction = 0, kl = 0;  // in the loss's unit, the mean over q(z|x)
  double floor = 0;                   // what the best of all models would pay for the picture
  double excess() const { return reconstruction + kl - floor; }
};

// What the model's loss counts in: "nats", or "squared error".
std::string_view loss_unit(const ModelSpec&);

class Examination {
 public:
  // The reconstruction at once; the loss once the picture has stayed the same for a frame, because it takes many
  // decoded pictures. True while there is more to do.
  bool work(const LoadedModel& model, const Subject& subject);

  const Picture& original() const { return original_; }  // empty for an encoded picture without it
  const Picture& reconstruction() const { return reconstruction_; }
  const Picture& difference() const { return difference_; }  // |original - reconstruction|
  const std::optional<LossTerms>& loss() const { return loss_; }

 private:
  std::uint64_t serial_ = 0;
  const LoadedModel* model_ = nullptr;
  Picture original_, reconstruction_, difference_;
  std::optional<LossTerms> loss_;
  bool pending_ = false;
  Activations activations_;
  BoundScratch scratch_;
};

}  // namespace loom
