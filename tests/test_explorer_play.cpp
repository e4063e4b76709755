// Play and pause: the frames of the training replay, and the ring on its way over the plane.
#include <doctest/doctest.h>

#include <set>

#include "contains.h"
#include "explorer/app/access/speech.h"
#include "explorer/link/link.h"
#include "explorer/play/playback.h"
#include "explorer_screen.h"
#include "replay_file.h"

namespace loom {
namespace {

Input passing(float seconds, Actions actions = {}) {
  Input input;
  input.plane = {0, 0, 800, 800};
  input.seconds = seconds;
  input.actions = std::move(actions);
  return input;
}

void settle(Explorer& explorer) {
  advance(explorer, passing(0));
  for (int i = 0; i < 2000 && explorer.playback.player == Player::none && work(explorer, passing(0), Deadline(100));
       ++i) {
  }
}

// With a replay of six frames.
std::unique_ptr<Explorer> with_replay(std::int32_t frame = 0) {
  auto explorer = small_explorer();
  explorer->catalogue[0].replay = "a.replay.safetensors";
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("replay"), s.frame = frame; });
  advance(*explorer, {});
  receive_replay(*explorer, 0, replay_file(6, 40, 2));
  settle(*explorer);
  return explorer;
}

std::unique_ptr<Explorer> with_tool(std::string_view tool) {
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) {
    s.tool = find_tool(tool);
    s.pins = {Point{-1, 0}, Point{1, 0.5f}};
    s.pair = {0, 1};
  });
  settle(*explorer);
  return explorer;
}

TEST_CASE("play: the replay shows four frames a second and ends at the last; then it begins anew") {
  auto explorer = with_replay();
  CHECK(play_seconds(*explorer, open_tool(*explorer)) == doctest::Approx(5.0 / 4));
  advance(*explorer, passing(0, {Play{}}));
  CHECK(explorer->playback.playing());
  CHECK(work(*explorer, passing(0), Deadline(1)));  // asks for another frame
  advance(*explorer, passing(0.375f));
  CHECK(explorer->state.frame == 1);
  CHECK(explorer->playback.between == doctest::Approx(0.5));
  CHECK(explorer->replayed.map->epoch == 1.0f);
  advance(*explorer, passing(0.5f));
  CHECK(explorer->state.frame == 3);
  advance(*explorer, passing(5));
  CHECK(explorer->state.frame == 5);
  CHECK(explorer->playback.player == Player::none);
  CHECK_FALSE(explorer->replayed.map);
  advance(*explorer, passing(0, {Play{}}));
  CHECK(explorer->state.frame == 0);
}

TEST_CASE("play: pausing lets the marks arrive at the next frame; a second press goes on from there") {
  auto explorer = with_replay();
  advance(*explorer, passing(0, {Play{}}));
  advance(*explorer, passing(0.3f));
  advance(*explorer, passing(0, {Play{}}));
  CHECK_FALSE(explorer->playback.playing());
  CHECK(explorer->playback.player != Player::none);
  advance(*explorer, passing(0.1f));
  CHECK(explorer->playback.between > 0.5f);
  advance(*explorer, passing(0.2f));
  CHECK(explorer->state.frame == 2);
  CHECK(explorer->playback.player == Player::none);
  CHECK(explorer->playback.between == 0);
  advance(*explorer, passing(3));
  CHECK(explorer->state.frame == 2);
  advance(*explorer, passing(0.25f, {Play{}}));
  CHECK(explorer->state.frame == 3);
}

TEST_CASE("play: speed, and a loop that waits a second at the end") {
  auto explorer = with_replay();
  advance(*explorer, passing(0, {SetPlay{4, true}, Play{}}));
  advance(*explorer, passing(0.2f));
  CHECK(explorer->state.frame == 3);
  advance(*explorer, passing(0.2f));
  CHECK(explorer->state.frame == 5);
  CHECK(explorer->playback.playing());
  advance(*explorer, passing(0.2f));  // 2.4 s of 2.25
  CHECK(explorer->state.frame == 0);
}

TEST_CASE(
    "play: what the visitor changes ends it, what only changes the view does not; the link holds the frame only") {
  auto explorer = with_replay();
  const auto play = [&] {
    advance(*explorer, passing(0, {SetValue{&ExplorerState::frame, std::int32_t{0}}}));
    advance(*explorer, passing(0, {Play{}}));
    advance(*explorer, passing(0.25f));
    REQUIRE(explorer->playback.playing());
  };
  for (const Action& action : Actions{ZoomBy{2}, ChooseOverlay{"density"}, Isolate{1}, ToggleTheme{}}) {
    play();
    advance(*explorer, passing(0.1f, {action}));
    CHECK(explorer->playback.playing());
    advance(*explorer, passing(9));
  }
  for (const Action& action : Actions{SetValue{&ExplorerState::frame, std::int32_t{3}}, MoveZ{{1, 0}}}) {
    play();
    advance(*explorer, passing(0.1f, {action}));
    CHECK(explorer->playback.player == Player::none);
  }
  play();
  CHECK(contains(write_link(explorer->state), "frame=1"));
  CHECK_FALSE(contains(write_link(explorer->state), "&play"));
  advance(*explorer, passing(0.1f, {ChooseTool{""}}));
  CHECK(explorer->playback.player == Player::none);
  CHECK(explorer->playback.between == 0);
}

TEST_CASE("play: the marks on the plane move between two frames, not where motion is not wanted") {
  for (const bool reduced : {false, true}) {
    CAPTURE(reduced);
    auto explorer = with_replay();
    explorer->reduced_motion = reduced;
    advance(*explorer, passing(0, {Play{}}));
    std::set<std::pair<std::int32_t, float>> seen;
    for (int i = 0; i < 20; ++i) {
      advance(*explorer, passing(0.05f));
      seen.insert({explorer->state.frame, explorer->playback.between});
    }
    CHECK(seen.size() == (reduced ? 5 : 20));
  }
}

TEST_CASE("play: the ring goes from A to B on the path, and back in a loop") {
  auto explorer = with_tool("path");
  CHECK(play_seconds(*explorer, open_tool(*explorer)) == 6);
  advance(*explorer, passing(0, {Play{}}));
  CHECK(explorer->state.z == Point{-1, 0});
  advance(*explorer, passing(3));
  CHECK(length(explorer->state.z - Point{0, 0.25f}) < 1e-5f);
  SUBCASE("to its end") {
    advance(*explorer, passing(4));
    CHECK(explorer->state.z == Point{1, 0.5f});
    CHECK(explorer->playback.player == Player::none);
  }
  SUBCASE("pause and go on") {
    advance(*explorer, passing(0, {Play{}}));
    CHECK(explorer->playback.player == Player::none);
    const Point z = explorer->state.z;
    advance(*explorer, passing(2));
    CHECK(explorer->state.z == z);
    advance(*explorer, passing(1.5f, {Play{}}));
    CHECK(length(explorer->state.z - Point{0.5f, 0.375f}) < 1e-5f);
  }
  SUBCASE("back") {
    advance(*explorer, passing(0, {SetPlay{1, true}}));
    advance(*explorer, passing(6));
    CHECK(length(explorer->state.z - Point{0, 0.25f}) < 1e-5f);
    CHECK(explorer->playback.playing());
  }
  SUBCASE("a moved ring ends it, and the next time it begins at A") {
    advance(*explorer, passing(0.1f, {MoveZ{{3, 0}}}));
    CHECK(explorer->playback.player == Player::none);
    advance(*explorer, passing(0, {Play{}}));
    CHECK(explorer->state.z == Point{-1, 0});
  }
  SUBCASE("locked") {
    edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::z); });
    CHECK(play_seconds(*explorer, open_tool(*explorer)) == 0);
    advance(*explorer, passing(0, {Play{}}));
    CHECK(explorer->playback.player == Player::none);
  }
}

TEST_CASE("play: where motion is not wanted, the ring goes in steps of a second") {
  auto explorer = with_tool("path");
  explorer->reduced_motion = true;
  advance(*explorer, passing(0, {Play{}}));
  advance(*explorer, passing(0.9f));
  CHECK(explorer->state.z == Point{-1, 0});
  advance(*explorer, passing(0.2f));
  CHECK(explorer->state.z.x == doctest::Approx(-1 + 2.0 / 6));
}

TEST_CASE("play: the ring stays on the border, where both classes are equally likely") {
  auto explorer = with_tool("border");
  REQUIRE(play_seconds(*explorer, open_tool(*explorer)) > 0);
  advance(*explorer, passing(0, {Play{}}));
  std::vector<double> by_class(3);
  for (int i = 0; i < 7; ++i) {
    advance(*explorer, passing(1));
    explorer->model->posterior.density(explorer->state.z, by_class);
    CHECK(by_class[0] == doctest::Approx(by_class[1]).epsilon(0.25));
  }
}

TEST_CASE("play: the walk through the classes stops at every centre and ends where it began") {
  auto explorer = with_tool("walk");
  const std::vector<Point>& centers = explorer->model->class_centers;
  edit(*explorer, [&](ExplorerState& s) { s.z = centers[1]; });
  CHECK(play_seconds(*explorer, open_tool(*explorer)) == doctest::Approx(9));
  advance(*explorer, passing(0, {Play{}}));
  std::set<std::size_t> visited;
  for (int i = 0; i < 90; ++i) {
    for (std::size_t c = 0; c < 3; ++c)
      if (length(explorer->state.z - centers[c]) < 1e-4f) visited.insert(c);
    advance(*explorer, passing(0.1f));
  }
  CHECK(visited.size() == 3);
  advance(*explorer, passing(1));
  CHECK(explorer->state.z == centers[1]);
  CHECK(explorer->playback.player == Player::none);
}

TEST_CASE("walk: the round through the classes is the shortest of all, and leaves out classes without images") {
  LoadedModel model = explorer_model();
  model.class_centers = {{0, 0}, {2, 2}, {std::nanf(""), 0}, {2, 0}, {0, 2}, {1, 3}};
  const std::vector<std::size_t> order = class_round(model);
  REQUIRE(order.size() == 5);
  float sum = 0;
  for (std::size_t i = 0; i < 5; ++i)
    sum += length(model.class_centers[order[i]] - model.class_centers[order[(i + 1) % 5]]);
  CHECK(sum == doctest::Approx(2 + 2 + 2 + 2 * std::sqrt(2.0)));
  model.class_centers.resize(1);
  CHECK(class_walk(model, {0, 0}).empty());
}

TEST_CASE("watch: an idle page that asked for it walks through the classes until there is any input") {
  auto explorer = small_explorer();
  const auto idle = [&](float seconds) {
    Input input = passing(0.1f);
    input.idle = seconds;
    advance(*explorer, input);
  };
  idle(1000);
  CHECK(explorer->playback.player == Player::none);  // not asked for
  edit(*explorer, [](ExplorerState& s) { s.watch = 20, s.z = {0.75f, 0.5f}; });
  idle(19);
  CHECK(explorer->playback.player == Player::none);
  const Point z = explorer->state.z;
  SUBCASE("until there is input") {
    idle(20.1f);
    CHECK(explorer->playback.player == Player::watch);
    for (int i = 0; i < 40; ++i) {
      const Point before = explorer->state.z;
      idle(21);
      CHECK(length(explorer->state.z - before) < 0.15f * explorer->model->home.half);  // no jump
    }
    CHECK(length(explorer->state.z - z) > 0.1f);
    const Point there = explorer->state.z;
    idle(0);
    CHECK(explorer->playback.player == Player::none);
    CHECK(explorer->state.z == there);
    idle(10);
    CHECK(explorer->state.z == there);
  }
  SUBCASE("not where motion is not wanted") { explorer->reduced_motion = true; }
  SUBCASE("not where the ring is locked") {
    edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::z); });
  }
  SUBCASE("not behind the help") {
    edit(*explorer, [](ExplorerState& s) { s.help = true; });
  }
  if (explorer->state.z == z) {
    idle(30);
    CHECK(explorer->playback.player == Player::none);
  }
}

TEST_CASE("play: screen readers hear it when it has ended, not at every step") {
  auto explorer = with_tool("path");
  Announcer announcer;
  announcer.announce(*explorer);
  advance(*explorer, passing(0, {Play{}}));
  const std::string said = announcer.announce(*explorer);
  advance(*explorer, passing(3));
  CHECK(announcer.announce(*explorer) == said);
  advance(*explorer, passing(0, {Play{}}));
  CHECK(contains(announcer.announce(*explorer), "z 0.00, 0.25"));
}

TEST_CASE("seek: a moment of what plays is the same as playing to it") {
  auto explorer = with_replay();
  advance(*explorer, passing(0, {Seek{0.3125}}));
  CHECK(explorer->state.frame == 1);
  CHECK(explorer->playback.between == doctest::Approx(0.25));
  CHECK(explorer->playback.player == Player::none);
  auto walker = with_tool("path");
  advance(*walker, passing(0, {Seek{1.5}}));
  CHECK(length(walker->state.z - Point{-0.5f, 0.125f}) < 1e-5f);
  auto none = with_tool("model");
  const Point z = none->state.z;
  advance(*none, passing(0, {Seek{1}, Play{}}));
  CHECK(none->state.z == z);
  CHECK(none->playback.player == Player::none);
}

TEST_CASE("play: the row of controls plays, changes the speed and goes round; a space does the same as the button") {
  for (const std::string_view tool : {"path", "border", "walk"}) {
    CAPTURE(tool);
    auto explorer = with_tool(tool);
    Screen screen(1280, 800);
    screen.settle(*explorer);
    const auto press = [&](std::string_view id) {
      for (const auto& [name, place] : screen.ui.drawn.pressables)
        if (name == id) return screen.click(*explorer, place.center());
      FAIL("no control ", std::string(id));
    };
    press("loop");
    CHECK(explorer->playback.loop);
    press("speed 3");
    CHECK(explorer->playback.speed == 4);
    press("play");
    CHECK(explorer->playback.playing());
    CHECK(screen.more);
    Actions keys;
    append_key_action(" ", {}, keys);
    screen.frame(*explorer, keys);
    CHECK_FALSE(explorer->playback.playing());
    screen.settle(*explorer);
  }
}

}  // namespace
}  // namespace loom
