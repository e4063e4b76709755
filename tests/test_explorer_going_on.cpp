// Training in the page that goes on from a model, and on the visitor's own images.
#include <doctest/doctest.h>

#include "contains.h"
#include "core/error.h"
#include "core/text.h"
#include "explorer/texts/texts.h"
#include "explorer_training.h"

namespace loom {
namespace {

// A weight file that says how it was trained.
std::vector<std::byte> model_with_recipe(std::string_view method = "gradient") {
  ModelFile file = explorer_file();
  file.model.spec.provenance["recipe"] = "fashion-dense-vae-2d";
  file.model.spec.provenance["settings"] = text("{\"method\":\"", method, "\",\"epochs\":3}");
  return save_model(file, Precision::f16);
}

constexpr std::string_view kOwnImages =
    R"({"count": 240, "height": 6, "width": 5, "class_names": ["cat", "d,og", "owl"], "words": "240 images of 3 classes.", "choose": true})";

// A page whose visitor has opened images of the small models' size, and that has trained a model on them.
std::unique_ptr<Explorer> page_with_run() {
  auto explorer = page_with_tool();
  receive_training_images(*explorer, kOwnImages);
  apply(*explorer, Train{TrainAsk::start});
  receive_trained_model(*explorer, model_with_recipe());
  receive_training_status(*explorer, status_json("running", text(kProgress, kHistory)));
  take_requests(*explorer);
  return explorer;
}

TEST_CASE("going on from the model that is shown, with the bytes of its file") {
  auto explorer = page_with_tool();
  CHECK(going_on_refusal(*explorer) == texts::kNothingToGoOnFrom);  // the small models do not say how they were made
  apply(*explorer, Train{TrainAsk::start_from});
  CHECK(take_requests(*explorer).empty());
  const std::vector<std::byte> file = model_with_recipe();
  open_visitor_file(*explorer, "mine.safetensors", file);
  CHECK(going_on_refusal(*explorer) == texts::kOtherImageSize);
  receive_training_images(*explorer, kOwnImages);
  CHECK(going_on_refusal(*explorer) == "");
  CHECK(weights_to_go_on_from(*explorer) == file);
  apply(*explorer, Train{TrainAsk::start_from});
  CHECK(explorer->training.going_on);
  CHECK(asked(*explorer) == std::vector{TrainAsk::start_from});
  CHECK_FALSE(contains(training_request_text(*explorer, TrainAsk::start_from), "hidden"));
  open_visitor_file(*explorer, "pca.safetensors", model_with_recipe("pca"));
  CHECK(going_on_refusal(*explorer) == texts::kNothingToGoOnFrom);
  // Numbers that f16 cannot hold are handed on in f32.
  ModelFile fine = explorer_file();
  fine.test.mu(0, 0) = 0.1f;
  open_visitor_file(*explorer, "fine.safetensors", save_model(fine, Precision::f32));
  CHECK(weights_to_go_on_from(*explorer) == save_model(fine, Precision::f32));
}

TEST_CASE("going on: a fork keeps the run so far in the list and goes on from it") {
  auto explorer = page_with_run();
  REQUIRE(explorer->model->id == "trained-here");
  const std::vector<Point> before = explorer->model->mu;
  apply(*explorer, ChooseTraining{[&] {
    TrainChoice next = explorer->state.train;
    next.beta = 4;
    return next;
  }()});
  take_requests(*explorer);
  apply(*explorer, Train{TrainAsk::fork});
  CHECK(asked(*explorer) == std::vector{TrainAsk::start_from});
  CHECK(weights_to_go_on_from(*explorer) == model_with_recipe());
  CHECK(contains(training_request_text(*explorer, TrainAsk::start_from), "\"beta\":4"));
  REQUIRE(explorer->catalogue.size() == 5);
  CHECK(explorer->catalogue[4].id == "trained-here-1");
  CHECK(explorer->catalogue[4].title == "Trained here 1");
  CHECK(explorer->catalogue[4].what == "kept after 4 epochs, beta 1.00");
  receive_trained_model(*explorer, trained_bytes(2));
  CHECK(explorer->models[4]->mu == before);
  apply(*explorer, ChooseTool{"compare"});
  apply(*explorer, Compare{"trained-here-1"});
  CHECK(explorer->compared.model == explorer->models[4].get());
  CHECK(explorer->model->mu[0].x == doctest::Approx(before[0].x + 2).epsilon(0.01));

  apply(*explorer, Train{TrainAsk::copy});
  REQUIRE(explorer->catalogue.size() == 6);
  CHECK(explorer->catalogue[5].id == "trained-here-2");
  CHECK(take_requests(*explorer).empty());
  apply(*explorer, ChooseModel{"trained-here-2"});
  CHECK(explorer->model->id == "trained-here-2");
  CHECK(explorer->state.model == "a");  // no link can name it
}

TEST_CASE("going on: no fork and no copy without a model") {
  auto explorer = page_with_tool();
  apply(*explorer, Train{TrainAsk::fork});
  apply(*explorer, Train{TrainAsk::copy});
  CHECK(explorer->catalogue.size() == 3);
  CHECK(take_requests(*explorer).empty());
}

TEST_CASE("own images: what they change") {
  auto explorer = page_with_tool();
  edit(*explorer, [](ExplorerState& s) { s.tool = 0, s.train.only = 3; });
  receive_training_images(*explorer, kOwnImages);
  CHECK(explorer->state.train.data == TrainData::own);
  CHECK(explorer->state.train.only == -1);
  CHECK(tools()[explorer->state.tool].key == "train");
  TrainChoice choice = explorer->state.train;
  const auto settings_of = [&](const TrainChoice& c) { return training_settings(c, explorer->own_images); };
  CHECK(contains(settings_of(choice), "\"data\":\"own\",\"name\":\"own-images-vae-2d\""));
  CHECK(contains(settings_of(choice), "\"validation_images\":24"));
  CHECK_FALSE(contains(settings_of(choice), "first"));
  choice.images = 100, choice.only = 1;
  CHECK(contains(settings_of(choice), "\"first\":100"));
  CHECK(contains(settings_of(choice), "\"validation_images\":10"));
  CHECK(contains(settings_of(choice), "\"leave_out\":\"all,-d,og\""));
  choice.images = 5000;
  CHECK_FALSE(contains(settings_of(choice), "first"));  // there are fewer
  CHECK(train_classes(choice, explorer->own_images) == 3);
  for (const std::string_view broken :
       {"", "{}", R"({"count": 5, "height": 0, "width": 5, "class_names": [], "words": ""})",
        R"({"count": 5, "height": 65, "width": 5, "class_names": [], "words": ""})",
        R"({"count": 5, "height": 6, "width": 5, "class_names": [1], "words": ""})"}) {
    receive_training_images(*explorer, broken);
    CHECK(explorer->own_images.count == 240);
    REQUIRE(explorer->message);
    apply(*explorer, DismissMessage{});
  }
  SUBCASE("while they are being read, nothing can be started") {
    receive_training_images(*explorer,
                            R"({"count": 0, "height": 0, "width": 0, "class_names": [], "words": "Reading..."})");
    CHECK(start_refusal(*explorer) == texts::kNoOwnImages);
    CHECK(explorer->own_images.words == "Reading...");
    edit(*explorer, [](ExplorerState& s) { s.train = {}; });
    receive_training_images(*explorer,
                            R"({"count": 0, "height": 0, "width": 0, "class_names": [], "words": "Reading..."})");
    CHECK(explorer->state.train == TrainChoice{});  // not chosen before they have been read
  }
  SUBCASE("an image of any size is fitted to that of the packs") {
    const std::vector<std::uint8_t> grey(50 * 40, 0);
    CHECK(fitted_training_image(grey, 40, 50, "a.png").size() == 28 * 28);
    CHECK_THROWS_AS(fitted_training_image(grey, 40, 51, "a.png"), Error);
  }
  SUBCASE("a locked choice stays") {
    edit(*explorer, [](ExplorerState& s) { s.train = {}, s.locked = bit(Lock::train); });
    receive_training_images(*explorer, kOwnImages);
    CHECK(explorer->state.train == TrainChoice{});
    REQUIRE(explorer->message);
    CHECK(explorer->message->text == "Your images: this page shows only what its author chose");
  }
  SUBCASE("a link to the page's own images starts nothing") {
    explorer->own_images = {};
    apply(*explorer, Train{TrainAsk::start});
    CHECK(take_requests(*explorer).empty());
    CHECK(explorer->training.phase == TrainPhase::none);
  }
}

}  // namespace
}  // namespace loom
