// What a model makes of a picture: its reconstruction, the difference, and the terms of the loss.
#pragma once

#include <optional>

#include "analysis/bound.h"
#include "explorer/subject.h"

namespace loom {

struct LossTerms {
  double reconstruction = 0, kl = 0;  // nats, the mean over q(z|x)
  double floor = 0;                   // entropy of the grey values
  double excess() const { return reconstruction + kl - floor; }
};

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

// Share of the test pictures with a smaller score, in [0, 1].
double percentile_of(std::span<const float> scores, double score);

}  // namespace loom
