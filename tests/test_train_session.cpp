// A training session as a page drives it: the same bytes however it is cut into slices, saved or resumed; what it says
// about itself; errors.
#include "train/session/session.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <string>

#include "core/arithmetic.h"
#include "core/files/sha256.h"
#include "message_of.h"
#include "model/checkpoint.h"
#include "train/session/dataset.h"
#include "train/session/settings.h"
#include "train_examples.h"

using namespace loom;
using namespace loom::test;

namespace {

// 190 blobs in two classes, as a page would hand them over.
Dataset images() {
  const Dataset data = blobs(190);
  return memory_dataset(data.pixels, data.labels, data.shape, {"top", "bottom edge"});
}

constexpr const char* kSettings =
    R"({"recipe": "mnist-vae-2d", "hidden": [24], "epochs": 3, "batch_size": 20, "warmup_steps": 4, "seed": 5})";

TrainingSession begin(std::string_view settings = kSettings) { return {images(), settings, {}}; }

void run_to_end(TrainingSession& session) {
  while (!session.finished()) session.run(0, -1);
}

std::string hash(const TrainingSession& session) { return sha256_hex(session.model(true, false)); }

std::string refusal(std::string_view settings) {
  return message_of([&] { begin(settings); });
}

// What the metadata of a weight file say under a key.
std::string entry(const TrainingSession& session, const std::string& key) {
  const ModelFile file = load_model(session.model(false, false), "model");
  const auto found = file.model.spec.provenance.find(key);
  return found == file.model.spec.provenance.end() ? "" : found->second;
}

}  // namespace

TEST_CASE("session: slices, a saved state and an uninterrupted run give the same bytes") {
  TrainingSession whole = begin();
  run_to_end(whole);
  TrainingSession sliced = begin();
  int epochs = 0;
  while (!sliced.finished()) {
    const TrainingSession::Slice slice = sliced.run(4, -1);
    CHECK(slice.steps <= 4);
    epochs += slice.epoch_ended ? 1 : 0;
  }
  CHECK(epochs == 3);
  CHECK(hash(sliced) == hash(whole));

  TrainingSession first = begin();
  first.run(13, -1);  // an epoch has 9 steps
  first.run(5, -1);
  const std::vector<std::byte> state = first.save_state();
  TrainingSession resumed(images(), state);
  CHECK(resumed.trainer().state().step == first.trainer().state().step);
  CHECK(resumed.history().dump() == first.history().dump());
  CHECK(resumed.save_state() == state);
  run_to_end(resumed);
  CHECK(hash(resumed) == hash(whole));
  CHECK(resumed.replay("m") == whole.replay("m"));
}

TEST_CASE("session: a time limit ends a slice after a step, and the end of an epoch ends it in any case") {
  TrainingSession session = begin();
  CHECK(session.run(0, 0).steps == 1);
  const TrainingSession::Slice slice = session.run(1000, -1);
  CHECK(slice.epoch_ended);
  CHECK(slice.steps == 8);
  run_to_end(session);
  CHECK(session.run(5, -1).steps == 0);
}

TEST_CASE("session: progress and history") {
  TrainingSession session = begin();
  session.run(3, -1);
  const Json progress = session.progress();
  const JsonItem now(progress, "progress");
  CHECK(now.at("step").integer() == 3);
  CHECK(now.at("steps_per_epoch").integer() == 9);  // of 171 images; 19 are held out
  CHECK(now.at("steps").integer() == 27);
  CHECK(now.at("epochs").integer() == 3);
  CHECK(now.at("training").at("negative_elbo").number() > 10);
  CHECK(now.at("images_per_second").number() > 0);
  CHECK(now.at("seconds_left").number() > 0);
  run_to_end(session);
  const Json json = session.history();
  const JsonItem history(json, "history");
  CHECK(history.at("images").integer() == 171);
  CHECK(history.at("held_out").integer() == 19);
  CHECK(history.at("units_of").string() == "19 held-out images");
  REQUIRE(session.watched().size() == 19);  // the images whose codes the model's file holds
  CHECK(load_model(session.model(true, true), "file").test.mu.isApprox(session.codes(session.watched()).mu, 1e-3f));
  REQUIRE(history.at("epochs").size() == 3);
  const JsonItem last = history.at("epochs").at(2);
  CHECK(last.at("validation").at("negative_elbo").number() <
        history.at("epochs").at(std::size_t{0}).at("validation").at("negative_elbo").number());
  CHECK(last.at("training").at("reconstruction").number() > history.at("entropy_floor").number());
  // The mean over the held-out images of what analysis computes, image by image.
  double kl = 0;
  for (const JsonItem& dimension : last.at("kl_per_dimension").elements()) kl += dimension.number();
  CHECK(kl == doctest::Approx(last.at("validation").at("kl").number()).epsilon(1e-5));
}

TEST_CASE("session: beta and learning rate change from the next step on, and everything tells") {
  TrainingSession plain = begin(), changed = begin();
  plain.run(5, -1);
  changed.run(5, -1);
  changed.change("beta", 4);
  changed.change("learning_rate", 5e-4);
  const Json progress = changed.progress();
  CHECK(JsonItem(progress, "p").at("beta").number() == 4);
  const std::vector<std::byte> state = changed.save_state();
  run_to_end(plain);
  run_to_end(changed);
  CHECK(hash(plain) != hash(changed));
  TrainingSession resumed(images(), state);
  run_to_end(resumed);
  CHECK(hash(resumed) == hash(changed));
  CHECK(entry(changed, "changes") == R"([{"step":5,"beta":4},{"step":5,"learning_rate":5e-04}])");
  CHECK(entry(changed, "settings") == entry(plain, "settings"));
  CHECK(entry(plain, "changes").empty());
  CHECK(changed.command("m.safetensors", false)
            .starts_with("# Settings were changed during the run, so no single command repeats it. It began as below; "
                         "then after step 5 "
                         "beta 4, after step 5 learning_rate 5e-04.\nloom train "));
  CHECK(changed.card("m.safetensors", false, false).find("# Settings were changed") != std::string::npos);
  CHECK(message_of([&] { plain.change("beta", -1); }) == "beta is -1, expected 0 to 1000000");
  CHECK(message_of([&] { plain.change("seed", 1); }) ==
        "training: seed cannot be changed during a run; beta and learning_rate can");
}

TEST_CASE("session: a class left out is in no batch, the first images only") {
  TrainingSession session = begin(R"({"recipe": "mnist-vae-2d", "hidden": [8], "leave_out": "bottom edge",
                                      "validation_images": 0, "first": 100})");
  const Dataset data = blobs(100);
  const auto top = std::ranges::count(data.labels, 0);
  const Json history = session.history();
  CHECK(JsonItem(history, "h").at("images").integer() == top);
  CHECK(JsonItem(history, "h").at("units_of").string() == std::to_string(top) + " training images");
  CHECK(session.data().size() == 100);
  CHECK(session.command("a b.safetensors", true) ==
        "loom train mnist-vae-2d --data DIR --out 'a b.safetensors' --first 100 --hidden 8 --leave-out 'bottom edge' " +
            std::string("--validation-images 0 --f32") + (is_portable() ? " --portable" : ""));
}

TEST_CASE("session: codes and reconstructions are those of the model it hands out") {
  TrainingSession session = begin();
  session.run(9, -1);
  const ModelFile file = load_model(session.model(true, true), "model");
  const std::vector<Index> chosen{7, 3};
  const EncodedSet codes = session.codes(chosen);
  Matrix x(2, session.data().shape.size());
  fill_images(session.data(), chosen, MatrixMap(x.data(), x.rows(), x.cols()));
  Workspace workspace;
  Posterior posterior;
  Matrix picture;
  encode(file.model, x, workspace, posterior);
  decode(file.model, posterior.mu, workspace, picture);
  CHECK((codes.mu - posterior.mu).cwiseAbs().maxCoeff() == 0);
  CHECK((codes.logvar - posterior.logvar).cwiseAbs().maxCoeff() == 0);
  CHECK((session.reconstructions(chosen) - picture).cwiseAbs().maxCoeff() == 0);
  CHECK(file.test.size() == 19);
  CHECK(file.model.spec.provenance.at("encoded_images") == "19 held out");
  CHECK(file.model.spec.class_names == std::vector<std::string>{"top", "bottom edge"});
}

TEST_CASE("session: going on from a weight file") {
  TrainingSession first = begin();
  run_to_end(first);
  const std::vector<std::byte> weights = first.model(true, true);
  TrainingSession second(images(), R"({"beta": 2})", weights);
  CHECK(second.recipe().options.hidden == std::vector<Index>{24});
  CHECK(second.recipe().training.beta == 2);
  const std::vector<Index> one{0};
  CHECK(second.codes(one).mu == first.codes(one).mu);
  second.run(1, -1);
  CHECK(second.codes(one).mu != first.codes(one).mu);
  CHECK(entry(second, "started_from_sha256") == sha256_hex(weights));
  CHECK(second.command("m", true).find(" --start WEIGHTS-" + sha256_hex(weights).substr(0, 12)) != std::string::npos);
  CHECK(message_of([&] {
          TrainingSession(images(), R"({"hidden": [25]})", weights);
        }).starts_with("weights: its network is not the one that the settings describe: "));
}

TEST_CASE("session: diverging leaves the last good state") {
  TrainingSession session = begin(R"({"recipe": "mnist-vae-2d", "hidden": [24], "learning_rate": 10, "clip_norm": 0,
                                      "warmup_steps": 0, "optimizer": "sgd", "momentum": 0.99, "epochs": 50})");
  const std::string error = message_of([&] { run_to_end(session); });
  CHECK(error.starts_with("training: the "));
  CHECK(error.find("is not finite at step") != std::string::npos);
  CHECK(load_model(session.model(true, false), "m").model.spec.latent_dim == 2);
  CHECK(TrainingSession(images(), session.save_state()).trainer().state().step == session.trainer().state().step);
}

TEST_CASE("session: errors name the item, what was found and what was expected") {
  CHECK(refusal("[]") == "settings: found array, expected object");
  CHECK(refusal(R"({"recipe": "no"})").starts_with("recipe 'no' is not known; known are "));
  CHECK(refusal(R"({"epochs": 0})") == "settings: epochs: found 0, expected integer from 1 up to 100000");
  CHECK(refusal(R"({"speed": 1})").starts_with("settings: found a setting \"speed\", expected "));
  CHECK(refusal(R"({"first": 191})") == "settings: first: found 191, expected integer from 0 up to 190");
  CHECK(refusal(R"({"recipe": "fashion-pca-2d"})") == "settings: found method pca, expected method gradient");
  CHECK(refusal(R"({"leave_out": "7"})").starts_with("leave_out: there is no class '7'; there are: "));
  const Dataset data = blobs(3);
  const auto memory = [&](std::size_t pixels, std::vector<std::uint8_t> labels, ImageShape shape) {
    return message_of([&] {
      memory_dataset({data.pixels.begin(), data.pixels.begin() + static_cast<std::ptrdiff_t>(pixels)}, labels, shape,
                     {"a", "b"});
    });
  };
  CHECK(memory(121, {}, data.shape) == "training images: 121 pixels, expected a multiple of 120, at least one image");
  CHECK(memory(360, {1, 0}, data.shape) == "training images: 2 labels for 3 images, expected as many, or none");
  CHECK(memory(360, {1, 0, 2}, data.shape) == "training images: image 2 has the label 2, expected one of 2 classes");
  CHECK(memory(360, {}, {1, 0, 120}) == "training images: are 1x0x120, expected one channel and sides of 1 to 64");
  TrainingSession session = begin();
  const std::vector<std::byte> state = session.save_state();
  CHECK(message_of([&] { TrainingSession(memory_dataset(data.pixels, {}, data.shape, {}), state); }) ==
        "state: that run was training on other images than these");
}
