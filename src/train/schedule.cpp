#include "train/schedule.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/arithmetic.h"
#include "core/find_named.h"
#include "core/math.h"

namespace loom {
namespace {

constexpr std::array<Schedule, 3> kSchedules{{
    {"constant", [](double) { return 1.0; }},
    // Loshchilov & Hutter 2017, equation 5, one period.
    {"cosine",
     [](double progress) {
       const double angle = std::numbers::pi * progress;
       return 0.5 * (1.0 + (is_portable() ? portable_sine(angle, 1) : std::cos(angle)));
     }},
    // Constant, then linear to zero over the last 30 %: the weights converge late, but most steps are large.
    {"hold_then_linear", [](double progress) { return std::min(1.0, (1.0 - progress) / 0.3); }},
}};

}  // namespace

std::span<const Schedule> schedules() { return kSchedules; }

const Schedule& find_schedule(std::string_view name) { return find_named(kSchedules, name, "schedule"); }

double learning_rate_at(const TrainConfig& config, std::int64_t step, std::int64_t steps) {
  const double warmup = config.warmup_steps > 0
                            ? std::min(1.0, static_cast<double>(step + 1) / static_cast<double>(config.warmup_steps))
                            : 1.0;
  const double progress = static_cast<double>(step) / static_cast<double>(steps);
  return config.learning_rate * warmup * find_schedule(config.schedule).factor(progress);
}

double beta_at(const TrainConfig& config, std::int64_t step, std::int64_t steps_per_epoch) {
  const double epochs = static_cast<double>(step + 1) / static_cast<double>(steps_per_epoch);
  return config.beta * (config.beta_warmup_epochs > 0 ? std::min(1.0, epochs / config.beta_warmup_epochs) : 1.0);
}

}  // namespace loom
