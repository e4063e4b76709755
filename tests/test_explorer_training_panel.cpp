// The panel of the tool "Train a model" while a model is trained.
#include <doctest/doctest.h>

#include "contains.h"
#include "core/text.h"
#include "explorer/link/link.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/training/train_strip.h"
#include "explorer_screen.h"
#include "explorer_training.h"

namespace loom {
namespace {

TEST_CASE("training: the panel in every phase, on a desktop and a phone, in words too") {
  for (const auto& [width, height] : {std::pair(1280.0f, 800.0f), std::pair(360.0f, 640.0f)}) {
    Screen screen(width, height);
    auto explorer = page_with_tool();
    const auto says = [&](std::string_view words) {
      screen.settle(*explorer);
      return std::ranges::any_of(screen.ui.nodes.list, [&](const AccessibleNode& node) {
        return contains(node.words, words) || contains(node.value, words);
      });
    };
    const auto press = [&](std::string_view id) {
      screen.settle(*explorer);
      screen.ui.nodes.press = RemotePress{std::string(id), std::nullopt};
      screen.frame(*explorer), screen.frame(*explorer);
    };
    CHECK(says("Start"));
    CHECK_FALSE(says("Save weights"));
    press("train mission 1");
    CHECK(explorer->state.train.beta == kLargestBeta);
    CHECK(says("The KL counts fifty times"));
    press("train mission 0");
    press("train size 1"), press("train axes 3"), press("train data 1"), press("train kind 1");
    CHECK(write_link(explorer->state).ends_with("train=digits,small,10,ae"));
    press("train kind 0");
    screen.ui.nodes.press = RemotePress{"train beta", 3.1f};
    screen.frame(*explorer), screen.frame(*explorer);
    CHECK(explorer->state.train.beta == 3);
    press("train start");
    CHECK(asked(*explorer) == std::vector{TrainAsk::start});
    CHECK(says("Loading the training images"));
    receive_training_status(*explorer, status_json("starting"));
    CHECK(says("Starting the trainer"));
    receive_trained_model(*explorer, trained_bytes(0));
    receive_training_status(*explorer, status_json("running", text(kProgress, kHistory)));
    CHECK(says("epoch 4 of 24 · 271.3 nats · 6,400 images/s · 20 s left"));
    CHECK(says("2 of 10"));
    CHECK(says("282.5"));
    press("train pause");
    receive_training_status(*explorer, status_json("paused"));
    CHECK(says("Paused: epoch 4 of 24"));
    CHECK_FALSE(says("out of sight"));
    receive_training_status(*explorer, status_json("paused", ", \"waited\": true"));
    CHECK(says("It pauses while this page is out of sight"));
    receive_training_status(*explorer, status_json("running"));
    CHECK(says("It paused while this page was out of sight"));
    receive_training_status(*explorer, status_json("paused", ", \"waited\": false"));
    CHECK_FALSE(says("out of sight"));
    press("train size 2");
    CHECK(says("The choice has changed"));
    press("train epoch");
    press("train pause");  // "Go on"
    press("train save 0"), press("train save 1"), press("train save 2");
    CHECK(asked(*explorer) == std::vector{TrainAsk::pause, TrainAsk::epoch, TrainAsk::go_on, TrainAsk::save_weights,
                                          TrainAsk::save_card, TrainAsk::save_command});
    receive_training_status(*explorer, status_json("finished", ", \"command\": \"loom train x\""));
    CHECK(says("Finished: epoch 4 of 24"));
    CHECK(says("loom train x"));
    receive_training_status(*explorer,
                            status_json("failed", ", \"failure\": \"Training has stopped: the loss is not finite.\""));
    CHECK(says("the loss is not finite"));
  }
}

TEST_CASE("training: the panel's curves, bars and images, on a desktop and a phone") {
  for (const auto& [width, height] : {std::pair(1280.0f, 900.0f), std::pair(390.0f, 844.0f)}) {
    Screen screen(width, height);
    auto explorer = page_that_trains();
    explorer->catalogue[0].loss = TestLoss{"fashion-mnist", 2, true, 247.5, 6.5};
    explorer->catalogue[0].title = "Shipped";
    const auto value_of = [&](std::string_view name) {
      screen.settle(*explorer);
      for (const AccessibleNode& node : screen.ui.nodes.list)
        if (node.words == name) return node.value.empty() ? std::string("there") : node.value;
      return std::string();
    };
    const auto press = [&](std::string_view id) {
      screen.settle(*explorer);
      screen.ui.nodes.press = RemotePress{std::string(id), std::nullopt};
      screen.frame(*explorer), screen.frame(*explorer);
    };
    receive_trained_originals(*explorer, std::vector<std::uint8_t>(300 * 30, 200), 6, 5);
    receive_trained_model(*explorer, trained_bytes(0));
    CHECK(value_of(texts::kFiguresComing) == "there");
    tell_epoch(*explorer, 1, kOneEpoch);
    receive_trained_model(*explorer, trained_bytes(0.1f));
    CHECK(value_of(texts::kOnTraining) == "300.5");
    CHECK(value_of(texts::kOnHeldOut) == "310.5");
    CHECK(value_of("Shipped (dashed)") == "254.0");
    CHECK(value_of(texts::kLeastPossibleDashed) == "189.5");
    CHECK(value_of("KL of z1") == "4.00");
    CHECK(value_of("KL of z2") == "0.50");
    press("train curve 1");
    CHECK(value_of(texts::kOnTraining) == "296.0");
    CHECK(value_of("Shipped (dashed)") == "247.5");
    press("train curve 2");
    CHECK(value_of(texts::kOnHeldOut) == "5.25");
    CHECK(value_of(texts::kLeastPossibleDashed).empty());
    press("train curve 3");
    CHECK(value_of(texts::kClassAccuracy).ends_with("%"));
    CHECK(value_of(texts::kHoleShare).ends_with("%"));

    // Three classes: three images, each above its reconstruction.
    const LoadedModel& model = *explorer->model;
    CHECK(fixed_images(model.file.test) == std::vector<Index>{0, 1, 2});
    const auto place = [&](std::string_view id) {
      for (const auto& [name, r] : screen.ui.drawn.pressables)
        if (name == id) return r;
      return Rect{};
    };
    const Rect column = place("trained image 1");
    REQUIRE(column.height > 1.9f * column.width);
    const Pixels* original = screen.shown_at({column.center().x, column.y + 6});
    const Pixels* now = screen.shown_at({column.center().x, column.bottom() - 6});
    REQUIRE(original);
    REQUIRE(now);
    CHECK(std::ranges::all_of(original->values, [&](Color c) { return c == original->values[0]; }));
    CHECK_FALSE(std::ranges::all_of(now->values, [&](Color c) { return c == now->values[0]; }));
    press("trained image 1");
    CHECK(explorer->state.image == 1);
    CHECK(explorer->state.z == model.mu[1]);
  }
}

TEST_CASE("training: fixed images of a set without classes, and of many") {
  EncodedSet set;
  set.mu = Matrix::Zero(30, 2);
  set.labels.assign(30, 0);
  CHECK(fixed_images(set).size() == 10);
  for (std::size_t n = 0; n < 30; ++n) set.labels[n] = static_cast<std::uint8_t>(29 - n);
  const std::vector<Index> images = fixed_images(set);
  CHECK(images.size() == 10);
  CHECK(images.front() == 9);  // of the ten that came first, the one with the lowest class
  set = {};
  CHECK(fixed_images(set).empty());
}

TEST_CASE("training: pausing and saving need no scrolling, on a desktop and a phone") {
  for (const auto& [width, height] : {std::pair(1280.0f, 720.0f), std::pair(390.0f, 844.0f)}) {
    CAPTURE(width);
    Screen screen(width, height);
    auto explorer = page_with_tool();
    apply(*explorer, Train{TrainAsk::start});
    receive_trained_model(*explorer, trained_bytes(0));
    const Rect panel = layout_of(*explorer, width, height).tool;
    for (const char* phase : {"running", "paused", "finished"}) {
      CAPTURE(phase);
      receive_training_status(*explorer, status_json(phase, text(kProgress, kHistory)));
      screen.settle(*explorer);
      std::size_t seen = 0;
      for (const auto& [id, place] : screen.ui.drawn.pressables) {
        if (id != "train start" && id != "train pause" && !id.starts_with("train save")) continue;
        CHECK(place.bottom() <= panel.bottom());
        ++seen;
      }
      CHECK(seen == (std::string_view(phase) == "finished" ? 4 : 5));  // there is nothing to pause then
    }
  }
}

}  // namespace
}  // namespace loom
