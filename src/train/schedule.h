// Learning rate and KL weight as pure functions of the step. To add a schedule, add a row to the table in
// schedule.cpp.
#pragma once

#include <span>
#include <string_view>

#include "train/config.h"

namespace loom {

struct Schedule {
  std::string_view name;
  double (*factor)(double progress);  // of the peak rate; progress runs from 0 to 1 over the whole training
};

std::span<const Schedule> schedules();
const Schedule& find_schedule(std::string_view name);  // throws Error if unknown, naming the known ones

// Learning rate of optimizer step `step` (0-based) of `steps` in all.
double learning_rate_at(const TrainConfig&, std::int64_t step, std::int64_t steps);

// KL weight at that step: rises linearly to config.beta over config.beta_warmup_epochs, then stays constant.
double beta_at(const TrainConfig&, std::int64_t step, std::int64_t steps_per_epoch);

}  // namespace loom
