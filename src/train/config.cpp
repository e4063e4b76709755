#include "train/config.h"

#include "data/images/corruption.h"
#include "train/schedule.h"

namespace loom {

std::vector<std::string_view> optimizer_names() { return row_names(optimizers()); }
std::vector<std::string_view> schedule_names() { return row_names(schedules()); }
std::vector<std::string_view> corruption_names() {
  std::vector<std::string_view> names = row_names(corruptions());
  names.insert(names.begin(), "none");
  return names;
}

void check_config(const TrainConfig& c) {
  for_each_config_field(c, [](const auto& setting, const auto& value) { setting.check(value); });
  if (c.corruption != "none") check_level(find_corruption(c.corruption), c.corruption_level, "corruption_level");
}

OptimizerSettings optimizer_settings(const TrainConfig& c) {
  OptimizerSettings settings{.optimizer = &find_optimizer(c.optimizer)};
  settings.beta1 = c.momentum.value_or(settings.beta1);
  settings.beta2 = c.square_decay.value_or(settings.beta2);
  settings.epsilon = c.epsilon;
  settings.weight_decay = c.weight_decay;
  return settings;
}

}  // namespace loom
