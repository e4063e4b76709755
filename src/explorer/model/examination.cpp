#include "explorer/model/examination.h"

namespace loom {

std::string_view loss_unit(const ModelSpec& spec) { return find_likelihood(spec.likelihood)->unit; }

bool Examination::work(const LoadedModel& model, const Subject& subject) {
  if (serial_ == subject.serial && model_ == &model) {
    if (!pending_) return false;
    pending_ = false;
    loss_ = image_loss(model.file.model, subject.x, subject.posterior, scratch_);
    return false;
  }
  serial_ = subject.serial;
  model_ = &model;
  loss_.reset();
  if (subject.posterior.mu.rows() == 0) return false;
  decode(model.file.model, subject.posterior.mu, workspace_, reconstruction_.pixels);
  ++reconstruction_.serial;
  ++original_.serial, ++difference_.serial;
  original_.pixels = subject.x;
  difference_.pixels.resize(0, 0);
  pending_ = subject.x.size() > 0;
  if (pending_) difference_.pixels = (subject.x - reconstruction_.pixels).cwiseAbs();
  return pending_;
}

}  // namespace loom
