#include "explorer/examination.h"

#include <algorithm>

namespace loom {
namespace {

constexpr int kNodes = 4;        // per axis: 16 decoded pictures
constexpr Index kDraws = 16;     // in more than two dimensions
constexpr std::uint64_t kSeed = 5;

NoiseRule rule_for(Index dimensions) {
  return dimensions <= 2 ? gauss_hermite_rule(kNodes, dimensions)
                         : sampled_rule(kDraws, dimensions, Rng(kSeed, Stream::posterior));
}

}  // namespace

bool Examination::work(const LoadedModel& model, const Subject& subject) {
  if (serial_ == subject.serial && model_ == &model) {
    if (!pending_) return false;
    pending_ = false;
    const BoundTerms terms = bound_terms(model.file.model, subject.x, subject.posterior.mu, subject.posterior.logvar,
                                         rule_for(model.latent_dim()), scratch_);
    loss_ = LossTerms{terms.reconstruction[0], terms.kl[0], bernoulli_entropy(subject.x)};
    return false;
  }
  serial_ = subject.serial;
  model_ = &model;
  loss_.reset();
  if (subject.posterior.mu.rows() == 0) return false;
  decode(model.file.model, subject.posterior.mu, activations_, reconstruction_.pixels);
  ++reconstruction_.serial;
  ++original_.serial, ++difference_.serial;
  original_.pixels = subject.x;
  difference_.pixels.resize(0, 0);
  pending_ = subject.x.size() > 0;
  if (pending_) difference_.pixels = (subject.x - reconstruction_.pixels).cwiseAbs();
  return pending_;
}

double percentile_of(std::span<const float> scores, double score) {
  if (scores.empty()) return 0;
  const auto below = std::ranges::count_if(scores, [score](float s) { return static_cast<double>(s) < score; });
  return static_cast<double>(below) / static_cast<double>(scores.size());
}

}  // namespace loom
