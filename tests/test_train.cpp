#include <doctest/doctest.h>

#include "message_of.h"
#include "model/checkpoint.h"
#include "train/evaluate.h"
#include "train/train_state.h"
#include "train/trainer.h"
#include "train_examples.h"

using namespace loom;
using namespace loom::test;

namespace {

std::vector<std::byte> weight_bytes(const Trainer& trainer) {
  return save_model({trainer.shipped_model(), {}}, Precision::f32);
}

std::vector<std::byte> train_to_end(const Dataset& data, std::string_view architecture, int threads) {
  ThreadPool pool(threads);
  const TrainConfig config = small_config();
  Trainer trainer(data, config, make_train_state(small_model(data, architecture), config), pool);
  while (!trainer.finished()) trainer.step();
  return weight_bytes(trainer);
}

}  // namespace

TEST_CASE("train: the same seed gives the same bytes for any number of threads") {
  const Dataset data = blobs(190);
  for (const char* architecture : {"dense", "conv"}) {
    const std::vector<std::byte> one = train_to_end(data, architecture, 1);
    CHECK(one == train_to_end(data, architecture, 1));
    CHECK(one == train_to_end(data, architecture, 2));
    CHECK(one == train_to_end(data, architecture, 5));
  }
}

TEST_CASE("train: another seed gives other weights") {
  const Dataset data = blobs(100);
  ThreadPool pool(1);
  TrainConfig config = small_config();
  const TrainState start = make_train_state(small_model(data, "dense"), config);
  Trainer first(data, config, start, pool);
  config.seed = 6;
  Trainer second(data, config, start, pool);
  first.step();
  second.step();
  CHECK(weight_bytes(first) != weight_bytes(second));
}

TEST_CASE("train: a run saved and resumed at any step equals the uninterrupted one, bit for bit") {
  const Dataset data = blobs(110);
  ThreadPool pool(2);
  const TrainConfig config = small_config();
  Trainer whole(data, config, make_train_state(small_model(data, "conv"), config), pool);
  while (!whole.finished()) whole.step();
  for (const Index stop : {Index{0}, Index{1}, whole.steps_per_epoch(), whole.steps_per_epoch() + 2}) {
    CAPTURE(stop);
    std::vector<std::byte> saved;
    {
      Trainer first(data, config, make_train_state(small_model(data, "conv"), config), pool);
      while (first.state().step < stop) first.step();
      saved = save_run({"a recipe", data.images_sha256, config, first.state()});
    }
    SavedRun run = load_run(saved, "state");
    CHECK(run.recipe == "a recipe");
    Trainer second(data, run.config, std::move(run.state), pool);
    while (!second.finished()) second.step();
    CHECK(weight_bytes(second) == weight_bytes(whole));
    REQUIRE(second.state().history.size() == whole.state().history.size());
    for (std::size_t i = 0; i < whole.state().history.size(); ++i) {
      const EpochReport &a = whole.state().history[i], &b = second.state().history[i];
      CHECK(a.training.reconstruction == b.training.reconstruction);
      CHECK(a.training.kl == b.training.kl);
      CHECK(a.validation.reconstruction == b.validation.reconstruction);
    }
  }
}

TEST_CASE("train: sixteen images are learned by heart") {
  const Dataset data = blobs(16);
  TrainConfig config = small_config();
  config.epochs = 1500;
  config.batch_size = 16;
  config.chunk_size = 16;
  config.learning_rate = 5e-3;
  config.validation_images = 0;
  config.beta = 0;
  ThreadPool pool(1);
  Model model = small_model(data, "dense");
  Trainer trainer(data, config, make_train_state(model, config), pool);
  while (!trainer.finished()) trainer.step();
  const Evaluation e = evaluate_model(trainer.shipped_model(), data, 0, pool);
  CHECK(e.elbo.mean_reconstruction() - e.entropy_floor < 1.0);  // nats per image of 120 pixels
  CHECK(e.mse < 1e-3);
}

TEST_CASE("train: the loss falls, and the terms stay what they are called") {
  const Dataset data = blobs(200);
  const TrainConfig config = small_config();
  ThreadPool pool(2);
  Trainer trainer(data, config, make_train_state(small_model(data, "conv"), config), pool);
  while (!trainer.finished()) trainer.step();
  const auto& history = trainer.state().history;
  REQUIRE(history.size() == 3);
  CHECK(history[2].training.mean_negative_elbo() < history[0].training.mean_negative_elbo());
  CHECK(history[2].validation.mean_negative_elbo() < history[0].validation.mean_negative_elbo());
  CHECK(history[0].training.images == 170);
  CHECK(history[0].validation.images == 30);
  CHECK(history[2].validation.kl >= 0);
}

TEST_CASE("train: figures do not depend on threads, nor an image's noise on the other images") {
  const Dataset data = blobs(600);
  const Model model = small_model(data, "dense");
  ThreadPool one(1), three(3);
  std::vector<Index> all, some{7, 300, 599};
  for (Index i = 0; i < data.size(); ++i) all.push_back(i);
  const ElboSums a = evaluate_elbo(model, data, all, 3, one), b = evaluate_elbo(model, data, all, 3, three);
  CHECK(a.reconstruction == b.reconstruction);
  CHECK(a.kl == b.kl);
  double sum = 0;
  for (const Index image : some) sum += evaluate_elbo(model, data, std::array{image}, 3, one).reconstruction;
  CHECK(evaluate_elbo(model, data, some, 3, one).reconstruction == doctest::Approx(sum).epsilon(1e-5));
}

TEST_CASE("train: an exploding run ends with advice") {
  const Dataset data = blobs(60);
  TrainConfig config = small_config();
  config.learning_rate = 10;
  config.warmup_steps = 0;
  config.clip_norm = 0;
  config.schedule = "constant";
  config.epochs = 400;
  ThreadPool pool(1);
  Trainer trainer(data, config, make_train_state(small_model(data, "dense"), config), pool);
  const std::string message = message_of([&] {
    while (!trainer.finished()) trainer.step();
    fail("no explosion: mean loss ", trainer.state().history.back().training.mean_negative_elbo());
  });
  const bool expected = message.find("not finite") != std::string::npos || message.find("no explosion") == 0;
  CHECK_MESSAGE(expected, message);
}

TEST_CASE("train: a model for other images is refused") {
  const Dataset data = blobs(60);
  Dataset other = blobs(60);
  other.shape = {1, 10, 12};
  const TrainConfig config = small_config();
  ThreadPool pool(1);
  const std::string message =
      message_of([&] { Trainer(other, config, make_train_state(small_model(data, "dense"), config), pool); });
  CHECK(message.find("1x10x12") != std::string::npos);
  CHECK(message.find("1x12x10") != std::string::npos);
}

TEST_CASE("train state: damage is told, not trained on") {
  const Dataset data = blobs(60);
  const TrainConfig config = small_config();
  const std::vector<std::byte> good =
      save_run({"r", data.images_sha256, config, make_train_state(small_model(data, "dense"), config)});
  for (std::size_t size = 0; size < good.size(); size += 97)
    CHECK(message_of([&] { load_run(std::span(good).first(size), "state"); }) != "no error");
  const std::vector<std::byte> model = save_model({small_model(data, "dense"), {}}, Precision::f32);
  CHECK(message_of([&] { load_run(model, "x"); }).find("not the state") != std::string::npos);
}
