// The C functions behind web/training_worker.js, natively: they hand on what the session says, and stop exceptions.
#include <doctest/doctest.h>

#include <cstring>
#include <string>
#include <vector>

#include "core/json/json_item.h"
#include "train/session/dataset.h"
#include "train/session/session.h"
#include "train_api/training_api.h"
#include "train_examples.h"

using namespace loom;

namespace {

constexpr const char* kSmallRun = R"({"recipe": "mnist-vae-2d", "hidden": [8], "epochs": 2, "batch_size": 20})";

int hand_over(const Dataset& data, const char* names) {
  return training_data(data.pixels.data(), data.pixels.size(), 12, 10, data.labels.data(), data.labels.size(), names);
}

}  // namespace

TEST_CASE("train api: a run from begin to files") {
  const Dataset data = test::blobs(60);
  REQUIRE(hand_over(data, R"(["a", "b"])") == 1);
  REQUIRE(training_begin(kSmallRun, nullptr, 0) == 1);
  TrainingSession session(memory_dataset(data.pixels, data.labels, data.shape, {"a", "b"}), kSmallRun, {});
  CHECK(training_run(2, -1) == 1);
  CHECK(training_last_epoch() == nullptr);
  CHECK(std::string(training_error()) == "training: no epoch has ended yet");
  CHECK(training_run(0, -1) == 1 + 2);
  CHECK(training_change("beta", 2) == 1);
  CHECK(training_run(0, -1) == 1 + 2 + 4);
  session.run(0, -1);
  session.change("beta", 2);
  session.run(0, -1);
  const Json history = parse_json(training_history(), "history");
  const JsonItem epochs = JsonItem(history, "history").at("epochs");
  REQUIRE(epochs.size() == 2);
  CHECK(epochs.at(1).at("active_units").integer() >= 0);
  CHECK(std::string(training_last_epoch()) == epochs.at(1).json().dump());
  const std::vector<std::byte> wanted = session.model(true, true);
  const std::uint8_t* bytes = training_model(1, 1);
  REQUIRE(training_size() == wanted.size());
  CHECK(std::memcmp(bytes, wanted.data(), wanted.size()) == 0);
  CHECK(std::string(training_command("m", 0)) == session.command("m", false));
  const Json description = parse_json(training_description(), "description");
  const JsonItem watched = JsonItem(description, "description").at("watched");
  REQUIRE(watched.size() == session.watched().size());
  CHECK(watched.at(watched.size() - 1).integer() == session.watched().back());
  CHECK(JsonItem(description, "description").at("parameters").integer() ==
        120 * 8 + 8 + 8 * 4 + 4 + 2 * 8 + 8 + 8 * 120 + 120);

  const std::int32_t images[] = {5, 0};
  std::vector<float> mu(4), logvar(4), pictures(240);
  REQUIRE(training_codes(images, 2, mu.data(), logvar.data()) == 1);
  const EncodedSet codes = session.codes(std::vector<Index>{5, 0});
  CHECK(std::memcmp(mu.data(), codes.mu.data(), 16) == 0);
  CHECK(std::memcmp(logvar.data(), codes.logvar.data(), 16) == 0);
  REQUIRE(training_reconstruct(images, 2, pictures.data()) == 1);
  CHECK(pictures[130] == session.reconstructions(std::vector<Index>{5, 0})(1, 10));

  const std::uint8_t* state = training_state();
  const std::vector<std::uint8_t> saved(state, state + training_size());
  CHECK(training_resume(saved.data(), saved.size()) == 0);
  CHECK(std::string(training_error()) == "training: there are no images to train on");
  REQUIRE(hand_over(data, R"(["a", "b"])") == 1);
  REQUIRE(training_resume(saved.data(), saved.size()) == 1);
  bytes = training_model(1, 1);
  CHECK(std::memcmp(bytes, wanted.data(), wanted.size()) == 0);
}

TEST_CASE("train api: failures return 0 or null and store a message") {
  const Dataset data = test::blobs(60);
  CHECK(hand_over(data, "[1]") == 0);
  CHECK(std::string(training_error()) == "class names: [0]: found integer, expected string");
  REQUIRE(hand_over(data, "[]") == 1);
  REQUIRE(training_begin(kSmallRun, nullptr, 0) == 1);
  const std::int32_t images[] = {60};
  float none[2];
  CHECK(training_codes(images, 1, none, none) == 0);
  CHECK(std::string(training_error()) == "training: there is no image 60, the data set has 0 to 59");
  CHECK(training_change("colour", 1) == 0);
  CHECK(training_progress() != nullptr);
  CHECK(std::string(training_error()).empty());
}
