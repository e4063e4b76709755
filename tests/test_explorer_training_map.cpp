// The map while a model is trained in the page: marks on their way, overlays that stay in sight, the originals of the
// marks and the replay of the run.
#include <doctest/doctest.h>

#include "contains.h"
#include "explorer/app/overlay_relay.h"
#include "explorer_screen.h"
#include "explorer_training.h"
#include "replay_file.h"

namespace loom {
namespace {

TEST_CASE("moving marks: from place to place, quick at first, with the end of the tail behind") {
  DotMotion motion;
  CHECK_FALSE(motion.moving());
  motion.begin({{0, 0}, {1, 1}}, {{4, 0}, {1, -3}});
  CHECK(motion.places()[0] == Point{0, 0});
  CHECK(motion.advance(DotMotion::kSeconds / 2));
  CHECK(motion.places()[0].x == doctest::Approx(3));  // 1 - (1/2)^2 of the way
  CHECK(motion.places()[1].y == doctest::Approx(-2));
  CHECK(motion.tails()[0].x > 0);
  CHECK(motion.tails()[0].x < 1.5f);
  CHECK(motion.advance(DotMotion::kSeconds / 2));
  CHECK(motion.places()[0].x == doctest::Approx(4));
  CHECK(motion.tails()[0].x < 4);  // the tail is still fading
  CHECK_FALSE(motion.advance(DotMotion::kTail));
  CHECK_FALSE(motion.moving());
  CHECK(motion.places().empty());
}

TEST_CASE("moving marks: an update moves them from where they are drawn, frame by frame") {
  auto explorer = page_that_trains();
  receive_trained_model(*explorer, trained_bytes(0));
  CHECK_FALSE(explorer->motion.moving());  // the first model of a run
  const Point start = explorer->model->mu[5];
  SUBCASE("one update, and another in the middle of it") {
    receive_trained_model(*explorer, trained_bytes(1));
    REQUIRE(explorer->motion.moving());
    CHECK(explorer->motion.places()[5] == start);
    advance(*explorer, input_after(0.35f));
    CHECK(explorer->motion.places()[5].x == doctest::Approx(start.x + 0.75f));
    CHECK(context_of(*explorer, {0, 0, 400, 400}).motion == &explorer->motion);
    receive_trained_model(*explorer, trained_bytes(2));
    CHECK(explorer->motion.places()[5].x == doctest::Approx(start.x + 0.75f));
    Deadline soon(100);
    CHECK(work(*explorer, input_after(0), soon));  // asks for another frame
    advance(*explorer, input_after(5));
    CHECK_FALSE(explorer->motion.moving());
    CHECK(context_of(*explorer, {0, 0, 400, 400}).motion == nullptr);
  }
  SUBCASE("not where the system asks for reduced motion") {
    explorer->reduced_motion = true;
    receive_trained_model(*explorer, trained_bytes(1));
    CHECK_FALSE(explorer->motion.moving());
  }
  SUBCASE("not to another number of marks, nor on another plane or model") {
    receive_trained_model(*explorer, trained_bytes(1, true, 2, 200));
    CHECK_FALSE(explorer->motion.moving());
    receive_trained_model(*explorer, trained_bytes(2, true, 2, 200));
    CHECK(explorer->motion.moving());
    apply(*explorer, ChooseModel{"a"});
    advance(*explorer, input_after(0));
    CHECK_FALSE(explorer->motion.moving());
    receive_trained_model(*explorer, trained_bytes(3, true, 2, 200));
    CHECK_FALSE(explorer->motion.moving());
  }
  SUBCASE("drawn: the frame with tails has more vertices, and ends as a frame without") {
    Screen screen(900, 700);
    const int still = screen.settle(*explorer);
    receive_trained_model(*explorer, trained_bytes(0.8f));
    screen.frame(*explorer);
    CHECK(screen.more);
    int most = 0, frames = 0;
    for (; screen.more && frames < 500; ++frames) most = std::max(most, screen.frame(*explorer));
    CHECK(most > still + 500);
    CHECK(frames > 50);  // a second, at 16 ms each
    CHECK(frames < 100);
  }
}

TEST_CASE("training: the view stays from update to update while the marks fit into it") {
  auto explorer = page_that_trains();
  receive_trained_model(*explorer, trained_bytes(0));
  const View home = explorer->model->home;
  receive_trained_model(*explorer, trained_bytes(0.001f));
  receive_trained_model(*explorer, trained_bytes(-0.05f));
  CHECK(explorer->model->home == home);
  receive_trained_model(*explorer, trained_bytes(30));
  CHECK(explorer->model->home.half > 30);
}

TEST_CASE("training: the overlay of the last model stays in sight until that of the next is complete") {
  auto explorer = page_that_trains();
  const Rect plane{0, 0, 400, 400};
  const auto finish = [&] {
    advance(*explorer, input_after(0));
    explorer->motion.stop();
    for (int i = 0; i < 1000 && work(*explorer, input_after(0), Deadline(100)); ++i) {
    }
  };
  const auto at_ring = [&] {  // "At the ring: 0.123", which differs from model to model
    const OverlayLayer* layer = layer_of(*explorer);
    return layer ? layer->legend(layer_context_of(*explorer, plane)).lines.at(0) : std::string();
  };
  apply(*explorer, ChooseOverlay{"density"});
  receive_trained_model(*explorer, trained_bytes(0));
  finish();
  const std::string first = at_ring();
  CHECK(shown_earlier(explorer->relay) == nullptr);

  receive_trained_model(*explorer, trained_bytes(0.5f));
  advance(*explorer, input_after(0));
  REQUIRE(shown_earlier(explorer->relay));
  CHECK(at_ring() == first);
  CHECK(layer_context_of(*explorer, plane).model.mu[0].x != explorer->model->mu[0].x);

  SUBCASE("complete in time") {
    finish();
    CHECK(shown_earlier(explorer->relay) == nullptr);
    CHECK(at_ring() != first);
  }
  SUBCASE("slower than the updates: the one in work is finished before the newest begins") {
    receive_trained_model(*explorer, trained_bytes(1));
    receive_trained_model(*explorer, trained_bytes(1.5f));
    advance(*explorer, input_after(0));
    CHECK(at_ring() == first);
    REQUIRE(explorer->relay.earlier_in_work);
    CHECK(explorer->relay.earlier_in_work->model->mu[0].x == doctest::Approx(explorer_model().mu[0].x + 0.5f));
    while (explorer->relay.earlier_in_work) work(*explorer, input_after(0), Deadline(100));
    CHECK(at_ring() != first);
    CHECK(shown_earlier(explorer->relay)->model->mu[0].x == doctest::Approx(explorer_model().mu[0].x + 0.5f));
    finish();
    CHECK(shown_earlier(explorer->relay) == nullptr);
  }
  SUBCASE("another overlay or another model forgets it") {
    SUBCASE("") { apply(*explorer, ChooseOverlay{"holes"}); }
    SUBCASE("") { apply(*explorer, ChooseModel{"a"}); }
    advance(*explorer, input_after(0));
    CHECK_FALSE(explorer->relay.earlier);
    CHECK_FALSE(explorer->relay.earlier_in_work);
  }
}

TEST_CASE("training: the overlay of the model that is trained stays in sight on the second plane too") {
  auto explorer = page_that_trains();
  const Rect plane{0, 0, 400, 400};
  Input input = input_after(0);
  input.compared_plane = plane;
  const auto finish = [&] {
    advance(*explorer, input);
    for (int i = 0; i < 1000 && work(*explorer, input, Deadline(100)); ++i) {
    }
  };
  const auto code = [&] { return compared_layer_context_of(*explorer, plane).model.mu[0].x; };
  receive_trained_model(*explorer, trained_bytes(0));
  apply(*explorer, ChooseModel{"a"});
  apply(*explorer, ChooseOverlay{"density"});
  apply(*explorer, ChooseTool{"compare"});
  apply(*explorer, Compare{std::string(kTrainedHere)});
  finish();
  REQUIRE(explorer->compared.model);
  REQUIRE(explorer->compared.model->id == kTrainedHere);
  const float first = code();
  const OverlayLayer* layer = compared_layer_of(*explorer);
  REQUIRE(layer);

  receive_trained_model(*explorer, trained_bytes(0.5f));
  advance(*explorer, input);
  CHECK(explorer->compared.model->mu[0].x == doctest::Approx(first + 0.5f));
  CHECK(compared_layer_of(*explorer) == layer);
  CHECK(code() == first);
  CHECK(shown_earlier(explorer->relay) == nullptr);  // the first plane goes on with its own
  finish();
  CHECK(compared_layer_of(*explorer) != layer);
  CHECK(code() == doctest::Approx(first + 0.5f));

  receive_trained_model(*explorer, trained_bytes(1));
  apply(*explorer, Compare{"b"});
  advance(*explorer, input);
  CHECK(shown_earlier(explorer->compared_relay) == nullptr);
}

TEST_CASE("training: decoded tiles are uploaded again for each model") {
  Screen screen(900, 700);
  auto explorer = page_that_trains();
  apply(*explorer, ChooseOverlay{"tiles"});
  receive_trained_model(*explorer, trained_bytes(0));
  screen.settle(*explorer);
  const int before = screen.textures.uploads;
  receive_trained_model(*explorer, trained_bytes(0));
  screen.settle(*explorer);
  CHECK(screen.textures.uploads >= before + 4);  // blocks of tiles, and the image at z
}

TEST_CASE("training: the originals of the marks of the trained model, only of as many") {
  auto explorer = page_that_trains();
  std::vector<std::uint8_t> pixels(300 * 30);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i / 30);
  receive_trained_originals(*explorer, pixels, 6, 5);
  receive_trained_model(*explorer, trained_bytes(0));
  REQUIRE(has_originals(*explorer, *explorer->model));
  CHECK(originals_of(*explorer, *explorer->model)->picture(17)(0, 0) == doctest::Approx(17.0 / 255));
  explorer->interaction.hovered = 17;
  apply(*explorer, SelectImage{23});
  advance(*explorer, input_after(0));
  CHECK(explorer->input.current().x(0, 0) == doctest::Approx(23.0 / 255));
  CHECK(take_requests(*explorer).empty());  // nothing is to be downloaded
  CHECK_FALSE(has_originals(*explorer, *explorer->models[0]));
  receive_trained_model(*explorer, trained_bytes(0, true, 2, 200));
  CHECK_FALSE(has_originals(*explorer, *explorer->model));
}

TEST_CASE("training: a kept copy has the originals of its own run, also as the second model of a comparison") {
  auto explorer = page_that_trains();
  const auto originals = [](std::uint8_t grey) { return std::vector<std::uint8_t>(300 * 30, grey); };
  receive_trained_originals(*explorer, originals(51), 6, 5);
  receive_trained_model(*explorer, trained_bytes(0));
  receive_training_status(*explorer, "{\"phase\": \"finished\"}");
  REQUIRE(keep_trained(*explorer));
  receive_trained_originals(*explorer, originals(102), 6, 5);  // another run has begun
  receive_trained_model(*explorer, trained_bytes(0.5f));
  Input input = input_after(0);
  const auto point_at = [&](const Rect& plane, const LoadedModel& model) {
    input.pointer = to_screen(current_view(explorer->state, &model), plane, model.mu[17]);
    advance(*explorer, input);
    REQUIRE(explorer->hovered_original.pixels.size() == 30);
    return explorer->hovered_original.pixels(0, 0);
  };

  apply(*explorer, ChooseModel{"trained-here-1"});
  input.over_plane = true;
  CHECK(point_at(input.plane, *explorer->model) == doctest::Approx(0.2));
  apply(*explorer, SelectImage{23});
  advance(*explorer, input);
  REQUIRE(explorer->input.current().x.size() == 30);
  CHECK(explorer->input.current().x(0, 0) == doctest::Approx(0.2));

  apply(*explorer, ChooseModel{"trained-here"});
  apply(*explorer, ChooseTool{"compare"});
  apply(*explorer, Compare{"trained-here-1"});
  input.over_plane = false, input.over_compared = true;
  input.compared_plane = {400, 0, 400, 400};
  advance(*explorer, input);
  REQUIRE(explorer->compared.model);
  CHECK(point_at(input.compared_plane, *explorer->compared.model) == doctest::Approx(0.2));
  CHECK(explorer->interaction.hovered == -1);
  CHECK(explorer->interaction.hovered_compared >= 0);
  input.over_plane = true, input.over_compared = false;
  CHECK(point_at(input.plane, *explorer->model) == doctest::Approx(0.4));
  input.over_plane = false;
  advance(*explorer, input);
  CHECK(explorer->hovered_original.pixels.size() == 0);
  CHECK(take_requests(*explorer).empty());
}

TEST_CASE("training: the replay of the run, until another starts") {
  auto explorer = page_that_trains();
  const Tool& replay = tools()[find_tool("replay")];
  receive_trained_model(*explorer, trained_bytes(0));
  CHECK_FALSE(replay.refusal(*explorer).empty());
  receive_training_replay(*explorer, replay_file(4, 60, 3));  // of another run
  CHECK(explorer->message);
  CHECK_FALSE(replay.refusal(*explorer).empty());
  explorer->message.reset();
  receive_training_replay(*explorer, replay_file(4, 60, 2));
  CHECK_FALSE(explorer->message);
  CHECK(replay.refusal(*explorer).empty());
  apply(*explorer, ChooseTool{"replay"});
  Screen screen(1000, 700);
  screen.settle(*explorer);
  CHECK(std::ranges::any_of(screen.ui.nodes.list,
                            [](const AccessibleNode& n) { return contains(n.words, "After epoch 3"); }));
  CHECK(take_requests(*explorer).empty());
  apply(*explorer, ChooseTool{"train"});
  receive_training_status(*explorer, "{\"phase\": \"finished\"}");
  apply(*explorer, Train{TrainAsk::start});
  receive_trained_model(*explorer, trained_bytes(0));
  CHECK_FALSE(replay.refusal(*explorer).empty());
}

}  // namespace
}  // namespace loom
