#include "train/config.h"

#include "core/error.h"
#include "data/corruption.h"
#include "train/schedule.h"

namespace loom {
namespace {

void require(bool ok, std::string_view field, auto value, std::string_view range) {
  if (!ok) fail(field, " is ", value, ", expected ", range);
}

}  // namespace

void check_config(const TrainConfig& c) {
  require(c.epochs >= 1 && c.epochs <= 100000, "epochs", c.epochs, "1 to 100000");
  require(c.batch_size >= 1 && c.batch_size <= 65536, "batch size", c.batch_size, "1 to 65536");
  require(c.chunk_size >= 1, "chunk size", c.chunk_size, "at least 1");
  require(c.learning_rate > 0 && c.learning_rate <= 10, "learning rate", c.learning_rate, "above 0, at most 10");
  require(c.beta >= 0 && c.beta <= 1e6, "beta", c.beta, "0 to 1000000");
  require(c.warmup_steps >= 0, "warm-up steps", c.warmup_steps, "at least 0");
  require(c.beta_warmup_epochs >= 0, "beta warm-up epochs", c.beta_warmup_epochs, "at least 0");
  require(c.clip_norm >= 0, "clip norm", c.clip_norm, "at least 0");
  require(c.average_decay >= 0 && c.average_decay < 1, "average decay", c.average_decay, "0 to below 1");
  require(c.validation_images >= 0, "validation images", c.validation_images, "at least 0");
  require(c.momentum < 1, "momentum", c.momentum, "below 1");
  require(c.square_decay < 1, "square decay", c.square_decay, "below 1");
  require(c.epsilon > 0, "epsilon", c.epsilon, "above 0");
  require(c.weight_decay >= 0, "weight decay", c.weight_decay, "at least 0");
  find_schedule(c.schedule);
  find_optimizer(c.optimizer);
  if (c.corruption != "none") check_level(find_corruption(c.corruption), c.corruption_level, "corruption level");
}

OptimizerSettings optimizer_settings(const TrainConfig& c) {
  OptimizerSettings settings{.optimizer = &find_optimizer(c.optimizer)};
  if (c.momentum >= 0) settings.momentum = c.momentum;
  if (c.square_decay >= 0) settings.square_decay = c.square_decay;
  settings.epsilon = c.epsilon;
  settings.weight_decay = c.weight_decay;
  return settings;
}

}  // namespace loom
