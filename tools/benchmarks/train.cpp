// Training speed of a recipe: the steps of `loom train` without its files.
//   bench_train describe RECIPE DATA                              network and settings as JSON, for torch_train.py
//   bench_train run RECIPE DATA THREADS SECONDS recipe|plain      images per second, and per second of processor time
// `plain` leaves out clipping and the weight average, which few trainers have.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "core/error.h"
#include "model/spec_json.h"
#include "train/config_json.h"
#include "train/recipes.h"
#include "train/trainer.h"

using namespace loom;

namespace {

TrainConfig config_of(const Recipe& recipe) {
  TrainConfig config = recipe.training;
  config.validation_images = 0;  // measuring on held-out images is no training
  config.epochs = 1000;          // more than any benchmark lasts
  return config;
}

void describe(const Recipe& recipe, const Dataset& data) {
  Json json;
  const Model model = build_recipe(recipe, data, 0);
  json.set("model", parse_json(model_json(model), "model"));
  json.set("weights", parameter_count(model));
  json.set("training", config_json(config_of(recipe)));
  std::printf("%s\n", json.dump().c_str());
}

// Images per second of the clock, and per second of processor time, which a busy machine disturbs less.
struct Speed {
  double wall, processor;
};

Speed measure(Trainer& trainer, double seconds) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const std::clock_t processor_start = std::clock();
  double images = 0, elapsed = 0;
  for (; elapsed < seconds; elapsed = std::chrono::duration<double>(Clock::now() - start).count()) {
    trainer.step();
    images += static_cast<double>(trainer.config().batch_size);
  }
  return {images / elapsed, images * CLOCKS_PER_SEC / static_cast<double>(std::clock() - processor_start)};
}

void run(const Recipe& recipe, const Dataset& data, int threads, double seconds, bool plain) {
  TrainConfig config = config_of(recipe);
  if (plain) config.clip_norm = config.average_decay = 0;
  ThreadPool pool(threads);
  Trainer trainer(data, config, make_train_state(build_recipe(recipe, data, 0), config), pool);
  measure(trainer, seconds / 4);  // caches and buffers
  const Speed speed = measure(trainer, seconds);
  std::printf("%.1f %.1f\n", speed.wall, speed.processor);
}

}  // namespace

int main(int count, char** arguments) try {
  const std::vector<std::string> a(arguments, arguments + count);
  if (count != 4 && count != 7) fail("see the top of tools/benchmarks/train.cpp");
  const Recipe& recipe = find_recipe(a[2]);
  const Dataset data = load_dataset(a[3], Split::train);
  if (a[1] == "describe")
    describe(recipe, data);
  else
    run(recipe, data, std::stoi(a.at(4)), std::stod(a.at(5)), a.at(6) == "plain");
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_train: %s\n", error.what());
  return EXIT_FAILURE;
}
