// All settings that determine the result of a training run, apart from the data and the network. Two runs with equal
// configurations give the same bytes, whatever the number of threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/types.h"
#include "train/optimizer.h"
#include "train/setting.h"

namespace loom {

// Defaults are here; meaning, unit and range of every field are in the table below.
struct TrainConfig {
  int epochs = 30;
  Index batch_size = 128;
  Index chunk_size = 64;
  std::string optimizer = "adam";
  double learning_rate = 1e-3;
  std::optional<double> momentum = {};
  std::optional<double> square_decay = {};
  double epsilon = 1e-8;
  double weight_decay = 0;
  std::string schedule = "constant";
  Index warmup_steps = 0;
  double beta = 1.0;
  double beta_warmup_epochs = 0;
  double clip_norm = 0;
  double average_decay = 0;
  std::string corruption = "none";
  double corruption_level = 0;
  std::string leave_out = {};
  std::uint64_t seed = 0;
  Index validation_images = 5000;
};

// The names allowed for these settings, from the tables of optimizers, schedules and kinds of noise (including
// "none").
std::vector<std::string_view> optimizer_names();
std::vector<std::string_view> schedule_names();
std::vector<std::string_view> corruption_names();

// Calls see(setting, field) for every field, where `setting` is a SettingOf the field's type. This is the only table
// of the settings. A batch is summed chunk by chunk in order, so chunk_size (and not the number of threads) decides
// how sums are rounded; batch_size / chunk_size threads can work at once.
template <class Config, class See>
void for_each_config_field(Config& c, See&& see) {
  const auto row = [&]<class Value>(Value& field, Setting setting) {
    see(SettingOf<std::remove_const_t<Value>>{setting}, field);
  };
  row(c.epochs, {"epochs", "passes over the training images", {1, 100000}});
  row(c.batch_size, {"batch_size", "images per optimizer step", {1, 65536}});
  row(c.chunk_size,
      {"chunk_size", "images per part of a batch; decides how sums are rounded, and how many threads can work", {1}});
  row(c.optimizer, {"optimizer", "optimizer that makes the steps", {}, optimizer_names});
  row(c.learning_rate,
      {"learning_rate", "learning rate, at the peak of its schedule", {.low = 0, .high = 10, .above_low = true}});
  row(c.momentum,
      {"momentum", "decay of the mean of gradients (first moment)", {.low = 0, .high = 1, .below_high = true}});
  row(c.square_decay, {"square_decay",
                       "decay of the mean of squared gradients (second moment)",
                       {.low = 0, .high = 1, .below_high = true}});
  row(c.epsilon, {"epsilon", "added to the root of the second moment", {1e-30, 1}});
  row(c.weight_decay, {"weight_decay", "weight decay; adamw: decoupled; others: added to the gradient", {0, 1000}});
  row(c.schedule, {"schedule", "schedule of the learning rate", {}, schedule_names});
  row(c.warmup_steps, {"warmup_steps", "steps over which the learning rate rises linearly from 0", {0}});
  row(c.beta, {"beta", "weight of the KL term (Higgins et al. 2017)", {0, 1e6}});
  row(c.beta_warmup_epochs,
      {"beta_warmup_epochs", "epochs over which beta rises linearly from 0 (Bowman et al. 2016)", {0, 100000}});
  row(c.clip_norm, {"clip_norm", "gradients with a larger Euclidean norm are scaled down to it; 0: off", {0}});
  row(c.average_decay,
      {"average_decay",
       "decay of the moving average of the weights, which is then saved (Polyak & Juditsky 1992); 0: off",
       {.low = 0, .high = 1, .below_high = true}});
  row(c.corruption, {"corruption", "noise on the encoder's input", {}, corruption_names});
  row(c.corruption_level, {"corruption_level", "standard deviation of the noise, or share of pixels changed", {0}});
  row(c.leave_out,
      {"leave_out", "name or number of a class to leave out of training; all,-NAME leaves out all but this one"});
  row(c.seed, {"seed", "seed of initial weights, order and noise", {0}});
  row(c.validation_images, {"validation_images", "training images set aside for choosing recipes; 0: none", {0}});
}

// Throws Error naming the setting, its value and what is allowed.
void check_config(const TrainConfig&);

// The optimizer and its settings according to a configuration that has been checked.
OptimizerSettings optimizer_settings(const TrainConfig&);

}  // namespace loom
