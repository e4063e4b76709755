// Ten steps of every optimiser, with clipping, schedules and the average of the weights, against PyTorch's in double
// precision (tools/make_golden_optimizers.py).
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/files/file.h"
#include "source_path.h"
#include "train/optimizer.h"
#include "train/schedule.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr std::size_t kGoldenSteps = 10;
constexpr double kGoldenRate = 0.03;

class Numbers {
 public:
  std::vector<float> of(std::string_view name) const {
    const TensorView* tensor = file_.find(name);
    REQUIRE_MESSAGE(tensor, name);
    return to_floats(*tensor);
  }

 private:
  std::vector<std::byte> bytes_ = read_file(source_path("tests/golden/optimizers.safetensors"), 1 << 20);
  TensorFile file_ = read_safetensors(bytes_, "optimizers");
};

struct Case {
  std::string name;
  OptimizerSettings settings;
  double clip_norm = 0;
  TrainConfig schedule = {};
};

OptimizerSettings with(std::string_view name, double momentum, double square_decay, double epsilon, double decay) {
  return {&find_optimizer(name), momentum, square_decay, epsilon, decay};
}
OptimizerSettings defaults(std::string_view name) { return {.optimizer = &find_optimizer(name)}; }

std::vector<Case> golden_cases() {
  TrainConfig cosine, warmup;
  cosine.schedule = "cosine";
  warmup.warmup_steps = 4;
  return {{"adam", defaults("adam")},
          {"adam_decay", with("adam", 0.8, 0.99, 1e-6, 0.1)},
          {"adamw", with("adamw", 0.9, 0.999, 1e-8, 0.1)},
          {"rmsprop", with("rmsprop", 0, 0.9, 1e-7, 0)},
          {"rmsprop_momentum", with("rmsprop", 0.7, 0.99, 1e-8, 0.1)},
          {"sgd", defaults("sgd")},
          {"sgd_decay", with("sgd", 0.5, 0, 1e-8, 0.1)},
          {"adam_clipped", defaults("adam"), 4.0},
          {"adam_cosine", defaults("adam"), 0, cosine},
          {"adam_warmup", defaults("adam"), 0, warmup}};
}

double worst_difference(std::span<const Scalar> got, const std::vector<float>& wanted, std::size_t step) {
  double worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double difference =
        std::abs(static_cast<double>(got[i]) - static_cast<double>(wanted[step * got.size() + i]));
    worst = difference <= worst ? worst : difference;  // keeps NaN
  }
  return worst;
}

}  // namespace

TEST_CASE("golden: ten steps of every optimiser are PyTorch's") {
  const Numbers numbers;
  const std::vector<float> start = numbers.of("start"), gradients = numbers.of("gradients");
  ThreadPool pool(1);
  for (Case& c : golden_cases()) {
    CAPTURE(c.name);
    c.schedule.learning_rate = kGoldenRate;
    std::vector<Scalar> weights(start.begin(), start.end());
    const std::vector<Parameter> list{{"w", {static_cast<Index>(weights.size())}, weights}};
    OptimizerState state = make_optimizer_state(*c.settings.optimizer, list, true);
    const std::vector<float> wanted = numbers.of(c.name), average = numbers.of("average");
    const bool scheduled = c.name == "adam_cosine" || c.name == "adam_warmup";
    for (std::size_t step = 0; step < kGoldenSteps; ++step) {
      const float* row = gradients.data() + step * weights.size();
      std::vector<Scalar> gradient(row, row + weights.size());
      const double rate = learning_rate_at(c.schedule, static_cast<Index>(step), kGoldenSteps);
      if (scheduled) CHECK(rate == doctest::Approx(static_cast<double>(numbers.of("rates." + c.name)[step])));
      optimizer_step(c.settings, {.learning_rate = rate, .clip_norm = c.clip_norm, .average_decay = 0.5}, list,
                     {{{"w", list[0].shape, gradient}}}, state, pool);
      CHECK(worst_difference(weights, wanted, step) < 2e-6);
      if (c.name == "adam") CHECK(worst_difference(state.average, average, step) < 2e-6);
    }
  }
}

}  // namespace loom
