#include "explorer/app/update.h"

#include <doctest/doctest.h>

#include "explorer/app/input/touch.h"
#include "explorer_models.h"

namespace loom {
namespace {

// An explorer's state with a model and a plane of 400 x 400 points, and one frame of input at a time.
struct Bench {
  std::unique_ptr<Explorer> explorer = small_explorer();
  const ExplorerState& state = explorer->state;
  const Interaction& interaction = explorer->interaction;
  const LoadedModel& model = *explorer->model;

  Input input() const {
    Input in;
    in.plane = {0, 0, 400, 400};
    in.over_plane = true;
    return in;
  }
  void run(const Input& in) { update(*explorer, in); }
  void act(Action action) {
    Input in = input();
    in.over_plane = false;
    in.actions.push_back(std::move(action));
    run(in);
  }
  Point screen(Point z) const { return to_screen(current_view(state, &model), {0, 0, 400, 400}, z); }
};

bool close(Point a, Point b, float by = 1e-3f) { return length(a - b) < by; }

TEST_CASE("update: a click and a drag place z") {
  Bench b;
  Input in = b.input();
  in.placing = true;
  for (const Point z : {Point{0.5f, -1}, Point{1, 1}}) {
    in.pointer = b.screen(z);
    b.run(in);
    CHECK(close(b.state.z, z));
  }
  in.placing = false;
  in.pointer = {0, 0};
  b.run(in);
  CHECK(close(b.state.z, {1, 1}));
}

TEST_CASE("update: the wheel zooms about the pointer, but only over the plane") {
  Bench b;
  Input in = b.input();
  in.pointer = {100, 320};
  in.wheel = 2;
  const Point before = to_latent(current_view(b.state, &b.model), in.plane, in.pointer);
  b.run(in);
  REQUIRE(b.state.view);
  CHECK(b.state.view->half < b.model.home.half);
  CHECK(close(to_latent(*b.state.view, in.plane, in.pointer), before));
  const View zoomed_in = *b.state.view;
  in.over_plane = false;
  b.run(in);
  CHECK(*b.state.view == zoomed_in);
}

TEST_CASE("update: dragging with another button pans and leaves z") {
  Bench b;
  Input in = b.input();
  in.panning = in.placing = true;
  in.moved = {40, -10};
  const Point before = b.screen({0, 0});
  b.run(in);
  CHECK(close(b.screen({0, 0}), before + Point{40, -10}));
  CHECK(b.state.z == Point{});
}

TEST_CASE("update: a pinch undoes the move of z by its first finger") {
  Bench b;
  edit(*b.explorer, [&](ExplorerState& s) { s.z = {0.25f, 0.5f}; });
  Input in = b.input();
  in.placing = true;
  in.pointer = {10, 10};
  b.run(in);
  CHECK(b.state.z != Point{0.25f, 0.5f});
  in.pinch.active = true;
  in.pinch.center = {200, 200};
  in.pinch.zoom = 2;
  b.run(in);
  CHECK(b.state.z == Point{0.25f, 0.5f});
  CHECK(b.state.view->half == doctest::Approx(b.model.home.half / 2));
  in.pinch = {.active = true, .center = {}, .moved = {}, .zoom = 1};  // one finger is left
  b.run(in);
  CHECK(b.state.z == Point{0.25f, 0.5f});
}

TEST_CASE("update: arrow keys move z by a distance on the screen, and the view follows") {
  Bench b;
  const Point from = b.screen(b.state.z);
  b.act(MoveZ{{1, 0}});
  const float step = b.screen(b.state.z).x - from.x;
  CHECK(step > 2);
  b.act(MoveZ{{0, 1}, 5});
  CHECK(from.y - b.screen(b.state.z).y == doctest::Approx(5 * step).epsilon(1e-3));
  for (int i = 0; i < 60; ++i) b.act(MoveZ{{1, 0}});
  CHECK(b.state.view);
  CHECK(b.screen(b.state.z).x <= 400);
  b.act(GoOrigin{});
  CHECK(b.state.z == Point{});
  b.act(GoHome{});
  CHECK_FALSE(b.state.view);
}

TEST_CASE("update: classes are isolated, added, stepped through and shown again") {
  Bench b;
  b.act(Isolate{1});
  CHECK(b.state.isolated == 0b010);
  CHECK_FALSE(is_class_shown(b.state, 0));
  b.act(Isolate{2, true});
  CHECK(b.state.isolated == 0b110);
  b.act(Isolate{2});
  CHECK(b.state.isolated == 0b100);
  b.act(Isolate{2});
  CHECK(b.state.isolated == 0);
  b.act(StepIsolated{1});
  CHECK(b.state.isolated == 0b001);
  b.act(StepIsolated{-1});
  CHECK(b.state.isolated == 0b100);
  b.act(StepIsolated{1});
  CHECK(b.state.isolated == 0b001);
  b.act(Isolate{31});  // not a class of this model
  CHECK(b.state.isolated == 0b001);
  b.act(StepBack{});
  CHECK(b.state.isolated == 0);
}

TEST_CASE("update: Escape closes the help before it shows all classes") {
  Bench b;
  edit(*b.explorer, [&](ExplorerState& s) { s.isolated = 1; });
  b.act(Toggle{&ExplorerState::help});
  b.act(StepBack{});
  CHECK_FALSE(b.state.help);
  CHECK(b.state.isolated == 1);
}

TEST_CASE("update: the theme switches to the one that is not shown") {
  Bench b;
  b.act(ToggleTheme{.dark_now = true});
  CHECK(b.state.theme == Theme::light);
  b.act(ToggleTheme{.dark_now = false});
  CHECK(b.state.theme == Theme::dark);
}

TEST_CASE("update: a mouse hovers over points of shown classes, a finger does not") {
  Bench b;
  Input in = b.input();
  in.pointer = b.screen(b.model.mu[7]);
  b.run(in);
  CHECK(b.interaction.hovered == 7);
  edit(*b.explorer, [&](ExplorerState& s) { s.isolated = 1u << ((7 + 1) % 3); });
  b.run(in);
  CHECK(b.interaction.hovered != 7);
  edit(*b.explorer, [&](ExplorerState& s) { s.isolated = 0; });
  in.finger = true;
  b.run(in);
  CHECK(b.interaction.hovered == -1);
  in.finger = false;
  in.pointer = {3, 3};
  b.run(in);
  CHECK(b.interaction.hovered == -1);
}

TEST_CASE("update: works without a model") {
  Explorer explorer;
  Input in;
  in.plane = {0, 0, 400, 400};
  in.placing = in.over_plane = true;
  in.pointer = {100, 100};
  in.actions = {Isolate{0}, StepIsolated{1}, GoHome{}, ZoomBy{2}};
  update(explorer, in);
  CHECK(explorer.state.isolated == 0);
  CHECK(explorer.state.z.x < 0);
}

TEST_CASE("keys: the browser's names, with modifiers") {
  Actions actions;
  append_key_action("ArrowLeft", {.shift = true}, actions);
  append_key_action("0", {}, actions);
  append_key_action("?", {.shift = true}, actions);
  append_key_action("x", {}, actions);
  append_key_action("a", {.command = true}, actions);
  REQUIRE(actions.size() == 3);
  CHECK(std::get<MoveZ>(actions[0]).steps == Point{-1, 0});
  CHECK(std::get<MoveZ>(actions[0]).size > 1);
  CHECK(std::get<Isolate>(actions[1]).class_id == 9);
  CHECK(std::get<Toggle>(actions[2]).flag == &ExplorerState::help);
}

TEST_CASE("Touch: two fingers pinch, one does not, and the last one lifted ends it") {
  Touch touch;
  touch.down(1, {100, 100});
  touch.move(1, {120, 100});
  CHECK_FALSE(touch.take().active);
  touch.down(2, {220, 100});
  CHECK(touch.is_gesture());
  touch.take();
  touch.move(2, {320, 100});
  const Pinch pinch = touch.take();
  CHECK(pinch.active);
  CHECK(pinch.center == Point{220, 100});
  CHECK(pinch.moved == Point{50, 0});
  CHECK(pinch.zoom == doctest::Approx(2));
  CHECK(touch.take().zoom == 1);
  touch.up(1);
  CHECK(touch.take().active);
  touch.up(2);
  CHECK_FALSE(touch.take().active);
}

}  // namespace
}  // namespace loom
