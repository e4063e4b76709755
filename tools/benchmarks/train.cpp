// Training speed: the steps of `loom train` without its output files.
//   bench_train describe RECIPE DATA               a recipe's network and settings as JSON, as `run` and torch_train.py
//                                                  take them; tools/benchmarks/networks.py writes others
//   bench_train run DESCRIPTION DATA THREADS SECONDS recipe|plain
//                                                  images per second, and per second of processor time
// `plain` leaves out clipping and the weight average, which few trainers have.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "core/arithmetic.h"
#include "core/error.h"
#include "core/files/file.h"
#include "model/spec_json.h"
#include "nn/init.h"
#include "train/recipe_json.h"
#include "train/recipes.h"
#include "train/trainer.h"

using namespace loom;

namespace {

constexpr std::size_t kMaxDescription = 1 << 20;
constexpr Index kMaxWeights = Index{1} << 24;

void describe(const Recipe& recipe, const Dataset& data) {
  Json json;
  const Model model = build_recipe(recipe, data);
  json.set("model", parse_json(model_json(model), "model"));
  json.set("weights", parameter_count(model));
  json.set("training", config_json(recipe.training));
  std::printf("%s\n", json.dump().c_str());
}

// The default configuration with the given fields, practically endless, and without validation, which is not training.
TrainConfig config_of(const JsonItem& given) {
  Recipe recipe;
  change_recipe(recipe, given);
  recipe.training.validation_images = 0;
  recipe.training.epochs = 1000;  // more than any benchmark lasts
  return recipe.training;
}

// Images per second of wall-clock time, and of CPU time, which other programs on the machine affect less.
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

void run(const std::string& path, const Dataset& data, int threads, double seconds, bool plain) {
  const std::vector<std::byte> bytes = read_file(path, kMaxDescription);
  const Json json = parse_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path);
  const JsonItem description(json, path);
  Model model = model_from_json(description.at("model").json().dump(), path, kMaxWeights);
  if (parameter_count(model) != static_cast<Index>(description.at("weights").integer(1)))
    fail(path, ": the network has ", parameter_count(model), " weights");
  initialize(model.encoder, 0, 0);
  initialize(model.decoder, 0, 1);
  TrainConfig config = config_of(description.at("training"));
  if (plain) config.clip_norm = config.average_decay = 0;
  ThreadPool pool(threads);
  Trainer trainer(data, config, make_train_state(std::move(model), config), pool);
  measure(trainer, seconds / 4);  // warm-up: fills caches and allocates buffers
  const Speed speed = measure(trainer, seconds);
  std::printf("%.1f %.1f\n", speed.wall, speed.processor);
}

}  // namespace

int main(int count, char** arguments) try {
  fix_arithmetic();
  const std::vector<std::string> a(arguments, arguments + count);
  if (count == 4 && a[1] == "describe")
    describe(find_recipe(a[2]), load_dataset(a[3], Split::train));
  else if (count == 7 && a[1] == "run")
    run(a[2], load_dataset(a[3], Split::train), std::stoi(a[4]), std::stod(a[5]), a[6] == "plain");
  else
    fail("see the top of tools/benchmarks/train.cpp");
} catch (const std::exception& error) {
  std::fprintf(stderr, "bench_train: %s\n", error.what());
  return EXIT_FAILURE;
}
