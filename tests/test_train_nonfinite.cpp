// What happens to a run whose numbers become infinite or NaN: it stops with a reason, and nothing is lost.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "message_of.h"
#include "model/checkpoint.h"
#include "train/train_state.h"
#include "train_examples.h"

using namespace loom;
using namespace loom::test;

namespace {

std::vector<std::byte> saved(const Trainer& trainer) {
  Recipe recipe;
  recipe.name = "r";
  recipe.architecture = "dense";
  recipe.training = trainer.config();
  return save_run({recipe, "hash", trainer.state()});
}

// Without the weights' bytes two states are equal if their files are.
bool same_state(const Trainer& a, const std::vector<std::byte>& file) { return saved(a) == file; }

// A state two steps into the run, whose decoder gives logits of this size.
TrainState spoilt(const Dataset& data, const TrainConfig& config, ThreadPool& pool, Scalar bias) {
  Trainer trainer(data, config, make_train_state(small_model(data, "dense"), config), pool);
  trainer.step(), trainer.step();
  TrainState state = trainer.state();
  std::get<Linear>(state.model.decoder.back()).bias.setConstant(bias);
  return state;
}

}  // namespace

TEST_CASE("train: a loss that is not finite stops the run at the state before the step") {
  const Dataset data = blobs(100);
  const TrainConfig config = small_config();
  ThreadPool pool(2);
  // Finite weights whose logits overflow in the loss of bright pixels.
  Trainer trainer(data, config, spoilt(data, config, pool, -3e38f), pool);
  const std::vector<std::byte> before = saved(trainer);
  for (int again = 0; again < 2; ++again) {  // also not when somebody tries again
    const std::string message = message_of([&] { trainer.step(); });
    CHECK(message.starts_with("training: the loss is not finite at step 2 (epoch 1); "));
    CHECK(trainer.state().step == 2);
    CHECK(same_state(trainer, before));
  }
  SavedRun run = load_run(saved(trainer), "state");  // can be read back, and goes on once the cause is gone
  std::get<Linear>(run.state.model.decoder.back()).bias.setZero();
  Trainer resumed(data, config, std::move(run.state), pool);
  while (!resumed.finished()) resumed.step();
  CHECK(std::isfinite(resumed.state().history.back().validation.mean_negative_elbo()));
}

TEST_CASE("train: a gradient that is not finite stops the run, with clipping and without") {
  const Dataset data = blobs(100);
  for (const double clip : {0.0, 50.0}) {
    TrainConfig config = small_config();
    config.clip_norm = clip;
    config.beta = 1e6;
    ThreadPool pool(1);
    // A finite loss with a gradient beyond float: KL weighs a million, its gradient by mu passes a weight of 1e20.
    Trainer first(data, config, make_train_state(small_model(data, "dense"), config), pool);
    first.step();
    TrainState state = first.state();
    auto& code = std::get<Linear>(state.model.encoder.back());
    code.weight.row(0) *= 1e15f / code.weight.row(0).cwiseAbs().maxCoeff();
    Trainer trainer(data, config, std::move(state), pool);
    const std::vector<std::byte> before = saved(trainer);
    const std::string message = message_of([&] { trainer.step(); });
    CHECK_MESSAGE(message.starts_with("training: the gradient is not finite at step 1 (epoch 1); "), message);
    CHECK(same_state(trainer, before));
    CHECK(load_run(saved(trainer), "state").state.step == 1);
  }
}

TEST_CASE("train: a validation loss that is not finite takes the epoch's last step back") {
  // Two pixels are black but for one image, which is among those kept for validation.
  Dataset data = blobs(100);
  const TrainConfig config = small_config();
  ThreadPool pool(1);
  const TrainingSplit split = training_images(data, config);
  const auto pixels = static_cast<std::size_t>(data.shape.size());
  constexpr std::size_t kPixels[] = {0, 16};  // whose losses are added in one vector lane
  for (const std::size_t pixel : kPixels) {
    for (const Index image : split.training) data.pixels[static_cast<std::size_t>(image) * pixels + pixel] = 0;
    data.pixels[static_cast<std::size_t>(split.validation[0]) * pixels + pixel] = 255;
  }
  Trainer trainer(data, config, make_train_state(small_model(data, "dense"), config), pool);
  while (trainer.state().step + 1 < trainer.steps_per_epoch()) trainer.step();
  TrainState state = trainer.state();
  Scalar* const average = state.optimizer.average.data() + state.optimizer.average.size() - pixels;
  for (const std::size_t pixel : kPixels)  // right for black pixels, beyond float for two white ones
    std::get<Linear>(state.model.decoder.back()).bias(static_cast<Index>(pixel)) = average[pixel] = -2e38f;
  Trainer last(data, config, std::move(state), pool);
  const std::vector<std::byte> before = saved(last);
  const std::string message = message_of([&] { last.step(); });
  CHECK_MESSAGE(message.starts_with("training: the validation loss is not finite at step 3 (epoch 1); "), message);
  CHECK(same_state(last, before));
  CHECK(load_run(saved(last), "state").state.history.empty());
}

TEST_CASE("train state: a number that is not finite is never written") {
  const Dataset data = blobs(60);
  const TrainConfig config = small_config();
  const auto message = [&](auto spoil) {
    TrainState state = make_train_state(small_model(data, "dense"), config);
    spoil(state);
    Recipe recipe;
    recipe.training = config;
    return message_of([&] { save_run({recipe, "hash", state}); });
  };
  constexpr Scalar kNotFinite = std::numeric_limits<Scalar>::infinity();
  CHECK(message([](TrainState&) {}) == "no error");
  CHECK(message([](TrainState& s) { std::get<Linear>(s.model.encoder[0]).weight(0, 0) = kNotFinite; }) ==
        "training state: tensor encoder.0.weight holds a number that is not finite; nothing was written");
  CHECK(message([](TrainState& s) { s.optimizer.second[3] = kNotFinite; }).find("optimizer.second") !=
        std::string::npos);
  CHECK(message([](TrainState& s) { s.optimizer.average[3] = std::nanf(""); }).find("optimizer.average") !=
        std::string::npos);
}
