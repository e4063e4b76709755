// Training in the page, as the explorer sees it: the choice in links, what is asked of the page, what the page tells,
// and models that replace one another.
#include <doctest/doctest.h>

#include "contains.h"
#include "core/text.h"
#include "explorer/app/access/speech.h"
#include "explorer/link/link.h"
#include "explorer_training.h"

namespace loom {
namespace {

TEST_CASE("training: the choice in a link, clamped") {
  const auto back = [](std::string_view words) { return write_link(read_link(text("train=", words))); };
  CHECK(back("fashion,default,2,vae") == "");
  CHECK(back("fashion,default,2,vae,b1,s0") == "");
  for (const std::string_view words :
       {"digits,default,2,vae", "fashion,tiny,2,vae", "fashion,medium,10,ae", "fashion,small,1,vae,b0",
        "digits,small,3,vae,b0.25,e60,s4294967295,x9", "fashion,default,2,vae,x0"})
    CHECK(back(words) == text("train=", words));
  CHECK(back("fashion,small,2,vae,b99") == "train=fashion,small,2,vae,b50");
  CHECK(back("fashion,small,2,vae,b-3") == "train=fashion,small,2,vae,b0");
  CHECK(back("fashion,small,2,vae,e61") == "train=fashion,small,2,vae,e60");
  CHECK(back("fashion,small,2,vae,e4000000000") == "train=fashion,small,2,vae,e60");
  CHECK(back("fashion,small,2,vae,x10") == "train=fashion,small,2,vae,x9");
  CHECK(back("fashion,small,0,vae") == "train=fashion,small,1,vae");
  CHECK(back("fashion,small,9,vae") == "train=fashion,small,3,vae");
  CHECK(back("fashion,small,4000000000,vae") == "train=fashion,small,10,vae");
  for (const std::string_view words :
       {"fashion", "fashion,small,2", "birds,small,2,vae", "fashion,huge,2,vae", "fashion,small,two,vae",
        "fashion,small,2,gan", "fashion,small,2,vae,", "fashion,small,2,vae,q3", "fashion,small,2,vae,e-1",
        "fashion,small,2,vae,bnan"}) {
    CAPTURE(words);
    CHECK(back(words) == "");
  }
}

TEST_CASE("training: the settings of a choice, in the trainer's words") {
  const auto settings_of = [](const TrainChoice& choice) { return training_settings(choice); };
  CHECK(contains(settings_of({}), "\"data\":\"fashion-mnist\",\"name\":\"fashion-vae-2d\""));
  CHECK(contains(settings_of({}), "\"decoder_hidden\":[64,128,256]"));
  CHECK(contains(settings_of({}), "\"epochs\":24"));
  CHECK(contains(settings_of({.size = TrainSize::small, .epochs = 3}), "\"epochs\":3"));
  CHECK(contains(settings_of({.beta = 4}), "\"beta\":4"));
  CHECK_FALSE(contains(settings_of({.variational = false}), "beta"));
  CHECK(contains(settings_of({.leave_out = 8}), "\"leave_out\":\"Bag\""));
  CHECK(contains(settings_of({.data = TrainData::digits, .leave_out = 8}), "\"leave_out\":\"8\""));
  CHECK(contains(settings_of({.data = TrainData::digits, .latent_dim = 10, .variational = false}), "digits-ae-10d"));
  for (std::size_t i = 0; i < kMissions; ++i)
    CHECK(bounded(mission(i, {.data = TrainData::digits, .seed = 5})).seed == 5);
  CHECK(mission(0, {.beta = 3}) == TrainChoice{});
  CHECK(mission(1, {}).beta == kLargestBeta);
  CHECK_FALSE(mission(2, {}).variational);
  CHECK(mission(3, {.data = TrainData::digits}).leave_out == 8);
  CHECK(mission(3, {.data = TrainData::digits}).data == TrainData::fashion);
}

TEST_CASE("training: nothing starts by itself, and requests come in order") {
  auto explorer = page_with_tool();
  for (int i = 0; i < 3; ++i) one_frame(*explorer);
  CHECK(take_requests(*explorer).empty());
  apply(*explorer, Train{TrainAsk::pause});
  apply(*explorer, Train{TrainAsk::save_weights});
  apply(*explorer, Train{TrainAsk::go_on});
  CHECK(take_requests(*explorer).empty());  // there is nothing to pause or to save
  apply(*explorer, ChooseTraining{{.size = TrainSize::small, .beta = 2}});
  CHECK(take_requests(*explorer).empty());
  apply(*explorer, Train{TrainAsk::start});
  apply(*explorer, Train{TrainAsk::start});  // is starting already
  CHECK(explorer->training.phase == TrainPhase::loading);
  CHECK(explorer->training.choice.beta == 2);
  CHECK(contains(training_request_text(*explorer, TrainAsk::start), "\"hidden\":[48,32]"));
  receive_training_status(*explorer, status_json("running", kProgress));
  apply(*explorer, ChooseTraining{{.size = TrainSize::small, .beta = 0.5f}});
  CHECK(training_request_text(*explorer, TrainAsk::beta) == "0.5");
  apply(*explorer, ChooseTraining{{.size = TrainSize::medium, .beta = 0.5f}});  // of the next start
  apply(*explorer, Train{TrainAsk::pause});
  receive_training_status(*explorer, status_json("paused"));
  apply(*explorer, Train{TrainAsk::epoch});
  apply(*explorer, Train{TrainAsk::go_on});
  receive_trained_model(*explorer, trained_bytes(0));
  apply(*explorer, Train{TrainAsk::save_card});
  apply(*explorer, Train{TrainAsk::start});
  CHECK(asked(*explorer) == std::vector{TrainAsk::start, TrainAsk::beta, TrainAsk::pause, TrainAsk::epoch,
                                        TrainAsk::go_on, TrainAsk::save_card, TrainAsk::start});
  CHECK_FALSE(explorer->training.has_model);  // the new run has none yet
}

TEST_CASE("training: where it is refused, and with locks") {
  auto explorer = page_with_tool();
  SUBCASE("the native program") { explorer->is_page = false; }
  SUBCASE("a page without images") { explorer->can_train = false; }
  SUBCASE("a page whose model is fixed") {
    edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::model); });
  }
  CHECK(tools()[find_tool("train")].refusal(*explorer).size() > 30);
  apply(*explorer, Train{TrainAsk::start});
  CHECK(take_requests(*explorer).empty());
  CHECK(explorer->training.phase == TrainPhase::none);
}

TEST_CASE("training: locks do not restrict the page around the frame") {
  auto explorer = page_with_tool();
  edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::model) | bit(Lock::train); });
  apply(*explorer, Train{TrainAsk::start});
  CHECK(asked(*explorer).empty());
  apply_unlocked(*explorer, Train{TrainAsk::start, true});
  CHECK(asked(*explorer) == std::vector{TrainAsk::start});
  explorer->can_train = false;
  explorer->training = {};
  apply_unlocked(*explorer, Train{TrainAsk::start, true});
  CHECK(asked(*explorer).empty());
}

TEST_CASE("training: a locked choice can be started, but beta stays") {
  auto explorer = page_with_tool();
  edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::train); });
  apply(*explorer, Train{TrainAsk::start});
  receive_training_status(*explorer, status_json("running", kProgress));
  apply(*explorer, ChooseTraining{{.beta = 7}});
  CHECK(explorer->state.train == TrainChoice{});
  CHECK(asked(*explorer) == std::vector{TrainAsk::start});
}

TEST_CASE("training: models replace one another, and view, z, tool, overlay and pins stay") {
  auto explorer = page_with_tool();
  edit(*explorer, [](ExplorerState& s) {
    s.z = {0.5f, -0.25f};
    s.view = View{{0.25f, 0}, 1.5f};
    s.overlay = find_overlay("density");
    s.pins = {Point{1, 0}, std::nullopt};
    s.train.size = TrainSize::small;
  });
  const std::string link = write_link(linked_state(*explorer));
  apply(*explorer, Train{TrainAsk::start});
  std::vector<const LoadedModel*> seen;
  std::vector<std::uint64_t> serials;
  for (int i = 0; i < 5; ++i) {
    receive_trained_model(*explorer, trained_bytes(0.1f * static_cast<float>(i)));
    one_frame(*explorer);
    REQUIRE(explorer->model);
    CHECK(explorer->model->id == "trained-here");
    CHECK(explorer->model->mu[0].x == doctest::Approx(explorer_model().mu[0].x + 0.1f * static_cast<float>(i)));
    CHECK(explorer->catalogue.size() == 4);
    CHECK(write_link(linked_state(*explorer)) == link);  // which names the model that was shown before
    CHECK(explorer->state.model == "a");
    // The model before is still alive, so that caches see another address, and its place has higher serials.
    if (!seen.empty()) {
      CHECK(explorer->retired.get() == seen.back());
      CHECK(explorer->model != seen.back());
      CHECK(explorer->model->projection_serial > serials.back());
    }
    seen.push_back(explorer->model);
    serials.push_back(explorer->model->projection_serial);
    CHECK(explorer->derived.model == explorer->model);
  }
  CHECK(explorer->models.size() == 4);

  SUBCASE("another model that the visitor chooses stays") {
    receive(*explorer, 1, small_bytes());
    apply(*explorer, ChooseModel{"b"});
    receive_trained_model(*explorer, trained_bytes(1));
    one_frame(*explorer);
    CHECK(explorer->model->id == "b");
    CHECK(explorer->state.model == "b");
    apply(*explorer, ChooseModel{"trained-here"});
    CHECK(explorer->model->mu[0].x == doctest::Approx(explorer_model().mu[0].x + 1));
    CHECK(explorer->state.model == "b");
  }
  SUBCASE("the next run shows its first model again, of another kind") {
    apply(*explorer, ChooseModel{"a"});
    receive_training_status(*explorer, status_json("finished"));
    apply(*explorer, ChooseTool{"train"});
    apply(*explorer, Train{TrainAsk::start});
    receive_trained_model(*explorer, trained_bytes(0, false, 5));
    one_frame(*explorer);
    CHECK(explorer->model->latent_dim() == 5);
    CHECK(explorer->catalogue.size() == 4);
    CHECK(tools()[explorer->state.tool].key == "train");
  }
  SUBCASE("compared with another, both stay alive") {
    apply(*explorer, ChooseModel{"a"});
    apply(*explorer, ChooseTool{"compare"});
    apply(*explorer, Compare{"trained-here"});
    for (int i = 0; i < 3; ++i) {
      receive_trained_model(*explorer, trained_bytes(static_cast<float>(i)));
      CHECK(explorer->compared.model == explorer->models[3].get());
      one_frame(*explorer);
    }
  }
  SUBCASE("a damaged one ends the run and leaves the last") {
    const LoadedModel* last = explorer->model;
    receive_trained_model(*explorer, std::vector<std::byte>(100, std::byte{'<'}));
    CHECK(explorer->model == last);
    CHECK(explorer->training.phase == TrainPhase::failed);
    CHECK(explorer->training.failure.starts_with("Training has stopped: Trained here"));
  }
}

TEST_CASE("training: a file of the visitor with this name gets another id") {
  auto explorer = page_with_tool();
  open_visitor_file(*explorer, "trained-here.safetensors", small_bytes());
  CHECK(explorer->model->id == "trained-here-2");
}

TEST_CASE("training: what the page tells") {
  TrainingRun run;
  read_training_status(status_json("loading", ", \"loaded\": 0.5"), run);
  CHECK(run.phase == TrainPhase::loading);
  CHECK(run.loaded == 0.5);
  read_training_status(status_json("running", text(kProgress, kHistory)), run);
  CHECK(run.epoch == 4);
  CHECK(run.epochs == 24);
  CHECK(run.loss == 271.28);
  CHECK(run.training.total == std::vector{330.5f, 280.5f});
  CHECK(run.held_out.total == std::vector{320.5f, 282.5f});
  TrainingRun early;  // after the first epoch, before its history has come, the loss of the epoch so far stays
  early.loss = 300;
  read_training_status(status_json("running",
                                   ", \"progress\": {\"epoch\": 1, \"epochs\": 24, \"training\": null, "
                                   "\"images_per_second\": 1, \"seconds_left\": 0}"),
                       early);
  CHECK(early.loss == 300);
  CHECK(run.floor == 189.5);
  CHECK(run.training.kl == std::vector{4.5f, 5.5f});
  CHECK(run.active_units == 2);
  // Between two epochs there is no loss of the epoch so far: the last one's counts.
  read_training_status(status_json("finished",
                                   ", \"command\": \"loom train\", \"progress\": {\"epoch\": 24, "
                                   "\"epochs\": 24, \"training\": null, \"images_per_second\": 1, "
                                   "\"seconds_left\": 0}"),
                       run);
  CHECK(run.loss == 280.5);
  CHECK(run.command == "loom train");
  CHECK(run.phase == TrainPhase::finished);
}

TEST_CASE("training: a run of an earlier visit waits until it is taken up, deleted, or another starts") {
  constexpr std::string_view kChoice = "fashion,small,3,vae,b4,e12";
  const std::string status =
      status_json("kept", text(kProgress, kHistory, ", \"link\": \"z=9,9&train=", kChoice, "\""));
  auto explorer = page_with_tool();
  const ExplorerState before = explorer->state;
  receive_training_status(*explorer, status);
  CHECK(explorer->training.phase == TrainPhase::kept);
  CHECK(explorer->training.epoch == 4);
  CHECK(explorer->state == before);
  CHECK(asked(*explorer).empty());
  SUBCASE("taken up: with its own choice") {
    apply(*explorer, Train{TrainAsk::resume});
    CHECK(explorer->training.phase == TrainPhase::loading);
    CHECK(explorer->state.train == read_link(text("train=", kChoice)).train);
    CHECK(explorer->state.z == before.z);
    apply(*explorer, Train{TrainAsk::resume});  // only once
    CHECK(asked(*explorer) == std::vector{TrainAsk::resume});
  }
  SUBCASE("deleted") {
    apply(*explorer, Train{TrainAsk::forget});
    CHECK(explorer->training.phase == TrainPhase::none);
    CHECK(explorer->state == before);
    apply(*explorer, Train{TrainAsk::resume});
    CHECK(asked(*explorer) == std::vector{TrainAsk::forget});
  }
  SUBCASE("told too late, when another has been started") {
    apply(*explorer, Train{TrainAsk::start});
    receive_training_status(*explorer, status);
    CHECK(explorer->training.phase == TrainPhase::loading);
    CHECK(explorer->training.epoch == 0);
  }
}

TEST_CASE("training: a kept run is not offered where the choice is locked to another") {
  auto explorer = page_with_tool();
  edit(*explorer, [](ExplorerState& s) {
    s.train = read_link("train=digits,tiny,2,vae").train;
    s.locked = bit(Lock::train);
  });
  const auto told = [](std::string_view choice) {
    return status_json("kept", text(kProgress, kHistory, ", \"link\": \"train=", choice, "\""));
  };
  receive_training_status(*explorer, told("fashion,small,2,vae"));
  CHECK(explorer->training.phase == TrainPhase::none);
  receive_training_status(*explorer, told("digits,tiny,2,vae"));
  CHECK(explorer->training.phase == TrainPhase::kept);
}

TEST_CASE("training: a damaged status changes nothing and becomes a sentence") {
  for (const std::string& broken :
       {std::string(), std::string("{"), std::string("[]"), std::string("{}"), status_json("dreaming"),
        status_json("running", ", \"progress\": {}"), status_json("running", ", \"progress\": 3"),
        status_json("running", ", \"history\": {\"unit\": \"nats\", \"epochs\": [{\"training\": {}}]}"),
        status_json("running", ", \"loaded\": \"half\""), status_json("failed", ", \"failure\": 1")}) {
    CAPTURE(broken);
    auto explorer = page_with_tool();
    apply(*explorer, Train{TrainAsk::start});
    receive_training_status(*explorer, status_json("running", text(kProgress, kHistory)));
    receive_training_status(*explorer, broken);
    CHECK(explorer->training.phase == TrainPhase::failed);
    CHECK(explorer->training.failure.starts_with("Training has stopped: training status: "));
    CHECK(explorer->training.loss == 271.28);
    CHECK(explorer->training.training.total.size() == 2);
  }
}

TEST_CASE("training: a screen reader hears of its start, its end and what went wrong") {
  auto explorer = page_with_tool();
  one_frame(*explorer);
  Announcer announcer;
  announcer.announce(*explorer);
  apply(*explorer, Train{TrainAsk::start});
  receive_training_status(*explorer, status_json("running", kProgress));
  CHECK(announcer.announce(*explorer).starts_with("Training runs. "));
  receive_training_status(*explorer, status_json("finished", kProgress));
  CHECK(announcer.announce(*explorer).starts_with("Training is finished after 4 epochs, loss 271.3 nats. "));
  receive_training_status(*explorer, status_json("failed", ", \"failure\": \"Training has stopped: no memory.\""));
  CHECK(announcer.announce(*explorer).starts_with("Training has stopped: no memory. "));
}

}  // namespace
}  // namespace loom
