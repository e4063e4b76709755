#include "train/schedule.h"

#include <doctest/doctest.h>

#include "message_of.h"

namespace loom {

TEST_CASE("schedule: each starts at the peak and stays within [0, 1]") {
  for (const Schedule& schedule : schedules()) {
    CAPTURE(schedule.name);
    CHECK(&find_schedule(schedule.name) == &schedule);
    CHECK(schedule.factor(0) == doctest::Approx(1));
    double last = 1;
    for (int i = 0; i <= 100; ++i) {
      const double factor = schedule.factor(i / 100.0);
      CHECK(factor >= -1e-12);
      CHECK(factor <= last + 1e-12);  // none rises again
      last = factor;
    }
  }
  CHECK(message_of([] {
          find_schedule("step");
        }).starts_with("schedule 'step' is not known; known are constant, cosine"));
}

TEST_CASE("schedule: values in between") {
  CHECK(find_schedule("constant").factor(1) == 1);
  CHECK(find_schedule("cosine").factor(0.5) == doctest::Approx(0.5));
  CHECK(find_schedule("cosine").factor(0.25) == doctest::Approx(0.85355339));
  CHECK(find_schedule("cosine").factor(1) == doctest::Approx(0));
  CHECK(find_schedule("hold_then_linear").factor(0.69) == 1);
  CHECK(find_schedule("hold_then_linear").factor(0.85) == doctest::Approx(0.5));
  CHECK(find_schedule("hold_then_linear").factor(1) == doctest::Approx(0));
}

TEST_CASE("schedule: warm-up of the learning rate ends at the peak, and the first step is not 0") {
  TrainConfig config{.learning_rate = 0.4, .warmup_steps = 4};
  const double wanted[] = {0.1, 0.2, 0.3, 0.4, 0.4};
  for (Index step = 0; step < 5; ++step) CHECK(learning_rate_at(config, step, 100) == doctest::Approx(wanted[step]));
  config.warmup_steps = 0;
  CHECK(learning_rate_at(config, 0, 100) == 0.4);
  config.schedule = "cosine";
  CHECK(learning_rate_at(config, 50, 100) == doctest::Approx(0.2));
  CHECK(learning_rate_at(config, 99, 100) > 0);
}

TEST_CASE("schedule: the KL weight rises linearly over its epochs") {
  TrainConfig config{.beta = 2, .beta_warmup_epochs = 2};
  CHECK(beta_at(config, 0, 10) == doctest::Approx(0.1));
  CHECK(beta_at(config, 9, 10) == doctest::Approx(1));
  CHECK(beta_at(config, 19, 10) == doctest::Approx(2));
  CHECK(beta_at(config, 500, 10) == 2);
  config.beta_warmup_epochs = 0;
  CHECK(beta_at(config, 0, 10) == 2);
}

}  // namespace loom
