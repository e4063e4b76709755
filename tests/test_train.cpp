#include <doctest/doctest.h>

#include "message_of.h"
#include "model/checkpoint.h"
#include "nn/gaussian.h"
#include "train/evaluate.h"
#include "train/train_state.h"
#include "train/trainer.h"
#include "train_examples.h"
#include "weights/safetensors.h"

using namespace loom;
using namespace loom::test;

namespace {

Recipe named(const TrainConfig& config) {
  Recipe recipe;
  recipe.name = "a recipe";
  recipe.architecture = "dense";
  recipe.training = config;
  return recipe;
}

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
  TrainConfig config = small_config();
  config.corruption = "masking";  // its noise must not depend on where a run stopped either
  config.corruption_level = 0.2;
  Trainer whole(data, config, make_train_state(small_model(data, "conv"), config), pool, &data);
  while (!whole.finished()) whole.step();
  for (const std::int64_t stop :
       {std::int64_t{0}, std::int64_t{1}, whole.steps_per_epoch(), whole.steps_per_epoch() + 2}) {
    CAPTURE(stop);
    std::vector<std::byte> saved;
    {
      Trainer first(data, config, make_train_state(small_model(data, "conv"), config), pool, &data);
      while (first.state().step < stop) first.step();
      saved = save_run({named(config), data.images_sha256, first.state()});
    }
    SavedRun run = load_run(saved, "state");
    CHECK(run.recipe.name == "a recipe");
    Trainer second(data, run.recipe.training, std::move(run.state), pool, &data);
    while (!second.finished()) second.step();
    CHECK(weight_bytes(second) == weight_bytes(whole));
    REQUIRE(second.state().replay.size() == 4);  // before training, and after each epoch
    for (std::size_t i = 0; i < 4; ++i) CHECK(second.state().replay[i].mu == whole.state().replay[i].mu);
    REQUIRE(second.state().history.size() == whole.state().history.size());
    for (std::size_t i = 0; i < whole.state().history.size(); ++i) {
      const EpochReport &a = whole.state().history[i], &b = second.state().history[i];
      CHECK(a.training.reconstruction == b.training.reconstruction);
      CHECK(a.training.kl == b.training.kl);
      CHECK(a.validation.reconstruction == b.validation.reconstruction);
    }
  }
}

TEST_CASE("train: sixteen images can be memorised") {
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

TEST_CASE("train: the loss decreases, and its terms keep their meaning") {
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

TEST_CASE("train: results do not depend on the number of threads, nor an image's noise on the other images") {
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

// One pass gives all figures; each must be that of a pass of its own, to the last bit.
TEST_CASE("evaluate: one pass gives the same loss, codes and images as three") {
  const Dataset data = blobs(600);
  TrainConfig noisy = small_config();
  noisy.corruption = "gaussian";
  noisy.corruption_level = 0.3;
  ThreadPool pool(2);
  for (const char* architecture : {"dense", "conv"})
    for (const Noise& noise : {Noise{}, config_noise(noisy)}) {
      CAPTURE(architecture);
      const Model model = small_model(data, architecture);
      const Evaluation e = evaluate_model(model, data, 3, pool, noise);
      std::vector<Index> all;
      for (Index i = 0; i < data.size(); ++i) all.push_back(i);
      const ElboSums elbo = evaluate_elbo(model, data, all, 3, pool);
      CHECK(e.elbo.reconstruction == elbo.reconstruction);
      CHECK(e.elbo.kl == elbo.kl);
      CHECK(e.elbo.images == 600);
      const EncodedSet set = encode_dataset(model, data, pool);
      double mse = 0;
      for (Index first = 0; first < 600; first += 250) {  // the groups of evaluate_model
        const Index rows = std::min<Index>(250, 600 - first);
        Matrix x(rows, data.shape.size()), picture;
        fill_images(data, std::span(all).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(rows)),
                    MatrixMap(x.data(), x.rows(), x.cols()));
        Workspace workspace;
        decode(model, set.mu.middleRows(first, rows), workspace, picture);
        mse += static_cast<double>((picture - x).squaredNorm()) / static_cast<double>(x.cols()) / 600;
      }
      CHECK(e.mse == mse);
      double kl = 0;
      for (Index n = 0; n < set.size(); ++n)
        kl += kl_divergence(static_cast<double>(set.mu(n, 0)), static_cast<double>(set.logvar(n, 0)));
      REQUIRE(!e.kl_per_dimension.empty());
      CHECK(e.kl_per_dimension[0] == kl / 600);
      CHECK((e.denoised_mse > 0) == (noise.kind != nullptr));
    }
}

TEST_CASE("train: a class that is left out is not used, and an unknown class is refused") {
  const Dataset data = blobs(200);
  TrainConfig config = small_config();
  config.leave_out = "1";
  const TrainingSplit split = training_images(data, config);
  for (const Index image : split.training) CHECK(data.labels[static_cast<std::size_t>(image)] == 0);
  for (const Index image : split.validation) CHECK(data.labels[static_cast<std::size_t>(image)] == 0);
  CHECK(split.training.size() > 20);
  config.leave_out = "all,-1";
  const TrainingSplit only = training_images(data, config);
  for (const Index image : only.training) CHECK(data.labels[static_cast<std::size_t>(image)] == 1);
  for (const Index image : only.validation) CHECK(data.labels[static_cast<std::size_t>(image)] == 1);
  CHECK(only.training.size() + split.training.size() == 170);
  config.leave_out = "all,-boot";
  CHECK(message_of([&] {
          training_images(data, config);
        }).starts_with("leave_out: there is no class 'boot'; there are: "));
  config.leave_out = "boot";
  CHECK(message_of([&] {
          training_images(data, config);
        }).starts_with("leave_out: there is no class 'boot'; there are: "));
}

TEST_CASE("train: a denoising model learns to give the clean image") {
  const Dataset data = blobs(300);
  TrainConfig config = small_config();
  config.epochs = 60;
  config.learning_rate = 5e-3;
  config.corruption = "gaussian";
  config.corruption_level = 0.3;
  ThreadPool pool(1);
  Model model = small_model(data, "dense");
  Trainer trainer(data, config, make_train_state(model, config), pool);
  while (!trainer.finished()) trainer.step();
  const Evaluation e = evaluate_model(trainer.shipped_model(), data, 0, pool, config_noise(config));
  CHECK(e.noisy_mse > 0.03);
  CHECK(e.denoised_mse < e.noisy_mse / 3);
}

TEST_CASE("replay: frames of every epoch in two dimensions, of some epochs in more, always of the first and last") {
  for (const Index dim : {1, 2, 10, 20, 300})
    for (const Index epochs : {1, 2, 7, 60, 500}) {
      Index frames = 0;
      for (Index epoch = 0; epoch <= epochs; ++epoch) frames += is_replay_frame(epoch, epochs, dim) ? 1 : 0;
      CHECK(is_replay_frame(0, epochs, dim));
      CHECK(is_replay_frame(epochs, epochs, dim));
      CHECK(frames == 1 + std::max<Index>(1, std::min<Index>(epochs, 256 / dim - 1)));
    }
}

TEST_CASE("replay: the file has the frames, the labels and the losses") {
  const Dataset data = blobs(120);
  const TrainConfig config = small_config();
  ThreadPool pool(1);
  Trainer trainer(data, config, make_train_state(small_model(data, "dense"), config), pool, &data);
  while (!trainer.finished()) trainer.step();
  const TrainState& state = trainer.state();
  const std::vector<std::byte> bytes = save_replay("m", state.replay, state.history, data);
  const TensorFile file = read_safetensors(bytes, "replay");
  const TensorView *mu = file.find("aux.replay.mu"), *history = file.find("aux.replay.history");
  REQUIRE(mu);
  REQUIRE(history);
  CHECK(mu->shape == Shape{4, 120, 2});
  CHECK(history->shape == Shape{3, 4});
  CHECK(to_floats(*file.find("aux.replay.epoch")) == std::vector<float>{0, 1, 2, 3});
  CHECK(file.find("aux.replay.label")->bytes.size() == 120);
  const std::vector<float> codes = to_floats(*mu), losses = to_floats(*history);
  CHECK(codes[3 * 240 + 5] == doctest::Approx(state.replay[3].mu.data()[5]).epsilon(1e-3));
  CHECK(losses[4 * 2 + 1] == doctest::Approx(state.history[2].training.mean_kl()).epsilon(1e-6));
  CHECK(losses[4 * 2 + 2] == doctest::Approx(state.history[2].validation.mean_reconstruction()).epsilon(1e-6));
}

TEST_CASE("train: a diverging run ends with advice") {
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

TEST_CASE("train state: damage is reported, not trained on") {
  const Dataset data = blobs(60);
  const TrainConfig config = small_config();
  const std::vector<std::byte> good =
      save_run({named(config), data.images_sha256, make_train_state(small_model(data, "dense"), config)});
  for (std::size_t size = 0; size < good.size(); size += 97)
    CHECK(message_of([&] { load_run(std::span(good).first(size), "state"); }) != "no error");
  const std::vector<std::byte> model = save_model({small_model(data, "dense"), {}}, Precision::f32);
  CHECK(message_of([&] { load_run(model, "x"); }).find("not the state") != std::string::npos);
}
