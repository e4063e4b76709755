// What can be chosen for a training run in the page: in links, in the panel, in the words of the trainer.
#include <doctest/doctest.h>

#include "contains.h"
#include "core/parse.h"
#include "core/text.h"
#include "explorer/link/link.h"
#include "explorer/texts/texts.h"
#include "explorer_screen.h"
#include "explorer_training.h"
#include "train/recipe_json.h"
#include "train/session/settings.h"

namespace loom {
namespace {

std::string back(std::string_view words) { return write_link(read_link(text("train=", words))); }

}  // namespace

TEST_CASE("train settings: names are the trainer's") {
  const auto same = [](auto ours, std::vector<std::string_view> theirs) {
    std::vector<std::string_view> mine(ours.begin(), ours.end());
    std::ranges::sort(mine), std::ranges::sort(theirs);
    CHECK(mine == theirs);
  };
  same(kTrainOptimizers, optimizer_names());
  same(kTrainActivations, activation_names());
  same(kTrainNoises, corruption_names());
}

TEST_CASE("train settings: every one in a link, clamped; old links mean what they meant") {
  for (const std::string_view words :
       {"fashion,conv-tiny,2,vae", "digits,conv-small,1,ae", "fashion,conv-large,2,vae", "own,small,2,vae",
        "fashion,small,2,vae,k7", "fashion,small,2,vae,r0.001", "fashion,small,2,vae,m128", "fashion,small,2,vae,n5000",
        "fashion,small,2,vae,sgd", "fashion,small,2,vae,relu", "fashion,small,2,vae,gaussian:0.25",
        "fashion,small,2,vae,salt-and-pepper:1", "own,small,2,vae,x63", "own,small,2,vae,n20000",
        "digits,conv-medium,3,vae,b2,e5,s4,x1,r0.00012,m32,n1000,rmsprop,silu,masking:0.5"})
    CHECK(back(words) == text("train=", words));
  CHECK(back("fashion,conv-default,2,vae") == "");
  CHECK(back("fashion,large,2,vae") == "");
  const auto becomes = [](std::string_view extra, std::string_view wanted) {
    CAPTURE(extra);
    CHECK(back(text("fashion,small,2,vae,", extra)) ==
          text("train=fashion,small,2,vae", wanted.empty() ? "" : ",", wanted));
  };
  becomes("r5", "r0.1"), becomes("r0.0000001", ""), becomes("r0.000012", "r0.00001"), becomes("r0", ""),
      becomes("r-1", "");
  becomes("m0", "m8"), becomes("m100000", "m512"), becomes("m64", "");
  becomes("n1", "n100"), becomes("n0", ""), becomes("n10000", ""), becomes("n4000000000", "");
  becomes("k300", "k9"), becomes("x300", "x9"), becomes("x3,k4", "k4"), becomes("k4,x3", "k4");
  becomes("gaussian:9", "gaussian:1"), becomes("gaussian:-1", "gaussian:0"), becomes("none:0.5", "");
  becomes("adam,gelu_tanh", ""), becomes("relu,sgd", "sgd,relu"), becomes("e300", "e60");
  for (const std::string_view wrong :
       {"fashion,small,2,vae,gaussian", "fashion,small,2,vae,gaussian:", "fashion,small,2,vae,gaussian:x",
        "fashion,small,2,vae,fog:0.5", "fashion,small,2,vae,rnan", "fashion,small,2,vae,m-1",
        "fashion,small,2,vae,adan", "fashion,small,2,vae,k", "fashion,conv-huge,2,vae", "fashion,conv-,2,vae"})
    CHECK(back(wrong) == "");
}

TEST_CASE("train settings: the trainer takes every choice, and its command says what differs") {
  TrainChoice choice{.size = TrainSize::small, .beta = 0.3f, .seed = 9};
  choice.network = TrainNetwork::conv;
  choice.learning_rate = 0.004f, choice.batch_size = 32, choice.optimizer = 3, choice.activation = 1;
  choice.noise = 2, choice.noise_level = 0.2f, choice.images = 2000, choice.only = 7;
  const std::string words = training_settings(choice);
  for (const std::string_view part :
       {"\"architecture\":\"conv\"", "\"channels\":[8,8]", "\"activation\":\"relu\"", "\"beta\":0.3,",
        "\"batch_size\":32", "\"learning_rate\":0.004,", "\"optimizer\":\"sgd\"", "\"corruption\":\"masking\"",
        "\"corruption_level\":0.2", "\"first\":2000", "\"validation_images\":200", "\"leave_out\":\"all,-Sneaker\""}) {
    CAPTURE(part);
    CHECK(contains(words, part));
  }
  // Every network of every size, for both data sets, is one that the trainer builds.
  for (const TrainData data : {TrainData::fashion, TrainData::digits})
    for (const TrainNetwork network : {TrainNetwork::dense, TrainNetwork::conv})
      for (const TrainSize size : {TrainSize::tiny, TrainSize::small, TrainSize::medium, TrainSize::large}) {
        TrainChoice one{.data = data, .size = size};
        one.network = network;
        const Json json = parse_json(training_settings(one), "choice");
        const JsonItem settings = JsonItem(json, "choice").at("settings");
        const Recipe recipe = session_settings(settings, 10000, nullptr).recipe;
        CHECK(recipe.dataset == (data == TrainData::digits ? "mnist" : "fashion-mnist"));
        CHECK(recipe.training.learning_rate == doctest::Approx(double{learning_rate_of(one)}));
        CHECK(recipe.training.epochs == epochs_of(one));
        CHECK(recipe.training.validation_images == 500);
      }
  // Sgd follows sums over all pixels.
  TrainChoice sgd;
  sgd.optimizer = 3;
  CHECK(learning_rate_of(sgd) < learning_rate_of({}));
  for (const std::string_view rate : {"0.002", "0.0007", "0.003", "0.00001", "0.1"}) {
    CAPTURE(rate);
    const TrainChoice linked = read_link(text("train=fashion,small,2,vae,r", rate)).train;
    const std::string settings = training_settings(linked);
    const std::size_t at = settings.find("\"learning_rate\":");
    REQUIRE(at != std::string::npos);
    CHECK(*parse_number(settings.substr(at + 16, settings.find(',', at) - at - 16)) == *parse_number(rate));
  }
}

TEST_CASE("train settings: a run that goes on from a model says only what differs from its recipe") {
  TrainChoice choice;
  choice.beta = 4;
  const std::string usual = training_settings(choice, {}, true);
  CHECK(contains(usual, "\"beta\":4"));
  CHECK(contains(usual, "\"name\":\"fashion-continued\""));
  for (const std::string_view absent :
       {"hidden", "architecture", "latent_dim", "recipe", "learning_rate", "batch_size", "optimizer"})
    CHECK_FALSE(contains(usual, absent));
  choice.batch_size = 16, choice.learning_rate = 0.01f;
  CHECK(contains(training_settings(choice, {}, true), "\"batch_size\":16"));
  CHECK(contains(training_settings(choice, {}, true), "\"learning_rate\":0.01"));
}

TEST_CASE("train settings: missions are single changes") {
  CHECK(mission(4, {}).only == 7);
  CHECK(mission(4, {.data = TrainData::digits}).data == TrainData::fashion);
  CHECK(mission(5, {.data = TrainData::digits}).size == TrainSize::tiny);
  for (std::size_t i = 0; i < kMissions; ++i) {
    CHECK(bounded(mission(i, {})) == mission(i, {}));
    for (std::size_t j = 0; j < i; ++j) CHECK_FALSE(mission(i, {}) == mission(j, {}));
    CHECK(contains(texts::kMissions[i].watch, "atch "));  // every one says what to watch
  }
}

TEST_CASE("train settings: the fold, on a desktop and a phone") {
  for (const auto& [width, height] : {std::pair(1280.0f, 800.0f), std::pair(390.0f, 844.0f)}) {
    Screen screen(width, height);
    auto explorer = page_with_tool();
    const auto node = [&](std::string_view id) {
      screen.settle(*explorer);
      return std::ranges::any_of(screen.ui.nodes.list, [&](const AccessibleNode& n) { return n.id == id; });
    };
    const auto says = [&](std::string_view words) {
      screen.settle(*explorer);
      return std::ranges::any_of(screen.ui.nodes.list, [&](const AccessibleNode& n) {
        return contains(n.words, words) || contains(n.value, words);
      });
    };
    const auto press = [&](std::string_view id) {
      CAPTURE(id);
      CHECK(node(id));
      screen.ui.nodes.press = RemotePress{std::string(id), std::nullopt};
      screen.frame(*explorer), screen.frame(*explorer);
    };
    CHECK_FALSE(node("train rate up"));
    press("train network 1"), press("train size 0"), press("train more");
    CHECK(says("8 (usual)"));
    CHECK(says("0.008 (usual)"));
    CHECK_FALSE(node("train epochs down"));  // there is nothing below the usual number
    CHECK_FALSE(node("train noise level"));
    press("train epochs up"), press("train rate up"), press("train rate up"), press("train batch down");
    press("train optimizer down"), press("train activation up"), press("train noise up"), press("train seed up");
    press("train images down");
    CHECK(write_link(explorer->state)
              .ends_with(text("train=fashion,conv-tiny,2,vae,e1,s1,r0.0001,m32,n5000,", kTrainOptimizers.back(),
                              ",relu,gaussian:0.3")));
    screen.ui.nodes.press = RemotePress{"train noise level", 0.52f};
    screen.frame(*explorer), screen.frame(*explorer);
    CHECK(explorer->state.train.noise_level == doctest::Approx(0.5));
    press("train classes 2"), press("train class down");
    CHECK(explorer->state.train.only == 9);
    press("train classes 1");
    CHECK(explorer->state.train.leave_out == 9);
    CHECK(explorer->state.train.only == -1);
    press("train more");
    CHECK_FALSE(node("train rate up"));
    CHECK(
        says(text("Changed: without Ankle boot, training images 5,000, epochs 1, learning rate 0.0001, images per step "
                  "32, optimizer ",
                  kTrainOptimizers.back(), ", activation relu, noise on the input gaussian 0.50, seed 1.")));
    press("train data 1");  // has other classes
    CHECK(explorer->state.train.leave_out == -1);
    press("train data 2");
    CHECK(says("Drop your images here first"));
    CHECK_FALSE(node("train start"));
    CHECK_FALSE(node("train epoch"));
    edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::train); });
    press("train data 0");
    CHECK(explorer->state.train.data == TrainData::own);
  }
}

TEST_CASE("train settings: one step and back to the start") {
  auto explorer = page_with_tool();
  apply(*explorer, Train{TrainAsk::step});
  apply(*explorer, Train{TrainAsk::reset});
  CHECK(take_requests(*explorer).empty());
  apply(*explorer, Train{TrainAsk::start_step});
  CHECK(explorer->training.phase == TrainPhase::loading);
  receive_training_status(
      *explorer, status_json("paused",
                             ", \"progress\": {\"epoch\": 0, \"epochs\": 24, \"step\": 1, \"steps_per_epoch\": 149, "
                             "\"training\": null, \"images_per_second\": 1, \"seconds_left\": 0}"));
  CHECK(explorer->training.step == 1);
  CHECK(explorer->training.steps_per_epoch == 149);
  apply(*explorer, Train{TrainAsk::step});
  // What changes at once also counts after the return to the start; the rest counts from the next start.
  TrainChoice next{.size = TrainSize::small, .beta = 3};
  next.learning_rate = 0.01f;
  apply(*explorer, ChooseTraining{next});
  CHECK(training_request_text(*explorer, TrainAsk::learning_rate) == "0.01");
  apply(*explorer, Train{TrainAsk::reset});
  CHECK(explorer->training.phase == TrainPhase::loading);
  CHECK(explorer->training.choice.size == TrainSize::large);
  CHECK(explorer->training.choice.beta == 3);
  CHECK(contains(training_request_text(*explorer, TrainAsk::reset), "\"beta\":3,"));
  CHECK(asked(*explorer) ==
        std::vector{TrainAsk::start_step, TrainAsk::step, TrainAsk::beta, TrainAsk::learning_rate, TrainAsk::reset});
}

}  // namespace loom
