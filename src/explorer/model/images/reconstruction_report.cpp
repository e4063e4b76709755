#include "explorer/model/images/reconstruction_report.h"

namespace loom {

std::string_view loss_unit(const ModelSpec& spec) { return find_likelihood(spec.likelihood)->unit; }

bool ReconstructionReport::work(const LoadedModel& model, const InputImage& input) {
  if (serial_ == input.serial && model_ == &model) {
    if (!pending_) return false;
    pending_ = false;
    loss_ = image_loss(model.file.model, input.x, input.posterior, scratch_);
    return false;
  }
  serial_ = input.serial;
  model_ = &model;
  loss_.reset();
  if (input.posterior.mu.rows() == 0) return false;
  decode(model.file.model, input.posterior.mu, workspace_, reconstruction_.pixels);
  ++reconstruction_.serial;
  ++original_.serial, ++difference_.serial;
  original_.pixels = input.x;
  difference_.pixels.resize(0, 0);
  pending_ = input.x.size() > 0;
  if (pending_) difference_.pixels = (input.x - reconstruction_.pixels).cwiseAbs();
  return pending_;
}

}  // namespace loom
