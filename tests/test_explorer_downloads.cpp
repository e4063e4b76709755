// Every failed download can be retried, and its message is correct.
#include <doctest/doctest.h>

#include "contains.h"
#include "explorer_entries.h"
#include "replay_file.h"

namespace loom {
namespace {

void frame_and_work(Explorer& explorer) {
  Input input;
  input.plane = {0, 0, 400, 400}, input.compared_plane = {400, 0, 400, 400};
  advance(explorer, input);
  while (work(explorer, input, Deadline(100))) {
  }
}

TEST_CASE("downloads: the compared model is requested once, and again only when the visitor asks for it") {
  auto explorer = three_entries(small_bytes());
  const std::vector wanted{Request{Request::Kind::model, 1}};
  apply(*explorer, ChooseTool{"compare"});
  frame_and_work(*explorer);
  CHECK(explorer->state.other == "b");
  CHECK(take_requests(*explorer) == wanted);
  receive_failure(*explorer, 1, "the server answers 503");
  for (int i = 0; i < 5; ++i) frame_and_work(*explorer);
  CHECK(take_requests(*explorer).empty());
  REQUIRE(explorer->message);
  CHECK(contains(explorer->message->text, "503"));
  CHECK_FALSE(contains(explorer->message->text, "previous model"));
  SUBCASE("by the message's button, which leaves the first model alone") { apply(*explorer, Retry{}); }
  SUBCASE("by choosing it again") { apply(*explorer, Compare{"b"}); }
  SUBCASE("by opening the tool again") {
    apply(*explorer, ChooseTool{""});
    apply(*explorer, ChooseTool{"compare"});
  }
  CHECK(take_requests(*explorer) == wanted);
  CHECK(explorer->model->id == "a");
  receive(*explorer, 1, small_bytes());
  frame_and_work(*explorer);
  CHECK(explorer->model->id == "a");
  REQUIRE(explorer->compared.model);
  CHECK(explorer->compared.model->id == "b");
}

TEST_CASE("downloads: a damaged compared model can be requested again") {
  auto explorer = three_entries(small_bytes());
  apply(*explorer, ChooseTool{"compare"});
  frame_and_work(*explorer);
  take_requests(*explorer);
  receive(*explorer, 1, std::vector<std::byte>(100, std::byte{'<'}));
  REQUIRE(explorer->message);
  apply(*explorer, Retry{});
  CHECK(take_requests(*explorer).size() == 1);
}

TEST_CASE("downloads: a training replay can be requested again by its message or by opening the tool again") {
  auto explorer = small_explorer();
  explorer->catalogue[0].replay = "a.replay.safetensors";
  const std::vector wanted{Request{Request::Kind::replay, 0}};
  apply(*explorer, ChooseTool{"replay"});
  frame_and_work(*explorer);
  CHECK(take_requests(*explorer) == wanted);
  SUBCASE("no answer") { receive_replay_failure(*explorer, 0, "the network is down"); }
  SUBCASE("damaged") { receive_replay(*explorer, 0, std::vector<std::byte>(100)); }
  frame_and_work(*explorer);
  CHECK(take_requests(*explorer).empty());
  REQUIRE(explorer->message);
  CHECK(contains(explorer->message->text, "a.replay.safetensors"));
  apply(*explorer, Retry{});
  CHECK(take_requests(*explorer) == wanted);
  receive_replay_failure(*explorer, 0, "the network is down");
  apply(*explorer, ChooseTool{""});
  apply(*explorer, ChooseTool{"replay"});
  CHECK(take_requests(*explorer) == wanted);
  receive_replay(*explorer, 0, replay_file(6, 40, 2));
  CHECK(explorer->replays.size() == 1);
}

TEST_CASE("downloads: a second model that is already downloading is not requested twice") {
  auto explorer = three_entries(small_bytes());
  apply(*explorer, ChooseTool{"compare"});
  frame_and_work(*explorer);
  CHECK(take_requests(*explorer).size() == 1);
  apply(*explorer, ChooseModel{"b"});
  CHECK(take_requests(*explorer).empty());
  receive(*explorer, 1, small_bytes());
  CHECK(explorer->model->id == "b");
}

TEST_CASE("denoising: the model is known by what it was trained for, not by its name") {
  auto explorer = three_entries(small_bytes());
  explorer->catalogue[2].denoises = true;
  explorer->catalogue[1].id = "my-denoising-test";
  apply(*explorer, ChooseTool{"noise"});
  frame_and_work(*explorer);
  CHECK(take_requests(*explorer) == std::vector{Request{Request::Kind::model, 2}});
  receive_failure(*explorer, 2, "gone");
  frame_and_work(*explorer);
  CHECK(take_requests(*explorer).empty());
  apply(*explorer, Retry{});
  CHECK(take_requests(*explorer) == std::vector{Request{Request::Kind::model, 2}});
  ModelFile file = explorer_file();
  file.model.spec.provenance["settings"] = R"({"corruption":"gaussian"})";
  open_visitor_file(*explorer, "mine.safetensors", save_model(file, Precision::f32));
  CHECK(explorer->catalogue.back().denoises);
  open_visitor_file(*explorer, "denoise.safetensors", small_bytes());
  CHECK_FALSE(explorer->catalogue.back().denoises);
}

}  // namespace
}  // namespace loom
