// Undo and redo: one entry for each gesture, exactly back, never against a lock.
#include <doctest/doctest.h>

#include "core/rng.h"
#include "explorer/app/access/accessibility_tree.h"
#include "explorer/link/link.h"
#include "explorer/panels/presses.h"
#include "explorer_screen.h"

namespace loom {
namespace {

// Two models of five dimensions.
std::unique_ptr<Explorer> two_undo_models() {
  auto explorer = small_explorer(true, 5);
  open_visitor_file(*explorer, "plain.safetensors", save_model(explorer_file(false, 5), Precision::f32));
  apply(*explorer, ChooseModel{"small"});
  return explorer;
}

struct Visit {
  std::unique_ptr<Explorer> explorer = two_undo_models();
  const ExplorerState& state = explorer->state;
  const History& history = explorer->history;
  double now = 100;
  std::uint64_t press = 0;

  Input input() const {
    Input in;
    in.plane = {0, 0, 400, 400};
    in.time = now;
    return in;
  }
  // A key: pauses first.
  void act(Action action, double pause = 5) {
    now += pause;
    Input in = input();
    in.actions.push_back(std::move(action));
    advance(*explorer, in);
  }
  void drag(Point from, Point to) {
    now += 5;
    ++press;
    for (const float share : {0.0f, 0.25f, 0.5f, 1.0f}) {
      Input in = input();
      in.over_plane = in.placing = true;
      in.press = press;
      in.pointer = from + (to - from) * share;
      advance(*explorer, in);
    }
    Input in = input();
    in.press = press;
    advance(*explorer, in);
  }
  void stroke(Point from, Point to) {
    now += 5;
    ++press;
    for (int i = 0; i < 4; ++i) {
      Input in = input();
      in.press = press;
      const Point step = (to - from) * 0.25f, at = from + step * static_cast<float>(i);
      in.actions.push_back(DrawStroke{at, at + step});
      advance(*explorer, in);
    }
  }
  Moment moment() const { return {state, explorer->model->id, explorer->history.shared(explorer->visitor_image)}; }
};

TEST_CASE("undo: a whole drag is one entry") {
  Visit b;
  const Point before = b.state.z;
  const std::size_t count = b.history.count();
  b.drag({100, 100}, {300, 200});
  const Point after = b.state.z;
  CHECK(b.history.count() == count + 1);
  b.drag({50, 300}, {60, 60});
  CHECK(b.history.count() == count + 2);
  b.act(Undo{});
  CHECK(b.state.z == after);
  b.act(Undo{});
  CHECK(b.state.z == before);
  b.act(Redo{});
  CHECK(b.state.z == after);
}

TEST_CASE("undo: repeated keys are one entry, until a second has passed or another key comes") {
  Visit b;
  const std::size_t count = b.history.count();
  const Point before = b.state.z;
  for (int i = 0; i < 5; ++i) b.act(MoveZ{{1, 0}}, 0.2);
  CHECK(b.history.count() == count + 1);
  b.act(MoveZ{{0, 1}}, 0.9);
  CHECK(b.history.count() == count + 1);
  const Point first = b.state.z;
  b.act(MoveZ{{0, 1}}, 1.1);
  CHECK(b.history.count() == count + 2);
  b.act(ZoomBy{2}, 0.1);
  b.act(ZoomBy{2}, 0.1);
  CHECK(b.history.count() == count + 3);
  b.act(Isolate{1}, 0.1);
  b.act(Isolate{2}, 0.1);
  CHECK(b.history.count() == count + 5);  // each is a choice
  for (int i = 0; i < 3; ++i) b.act(Undo{});
  CHECK_FALSE(b.state.view);
  CHECK(b.state.isolated == 0);
  b.act(Undo{});
  CHECK(b.state.z == first);
  b.act(Undo{});
  CHECK(b.state.z == before);
}

TEST_CASE("undo: the wheel is one entry, and so is a slider that is moved by keys") {
  Visit b;
  const std::size_t count = b.history.count();
  for (int i = 0; i < 4; ++i) {
    b.now += 0.1;
    Input in = b.input();
    in.over_plane = true;
    in.wheel = 1;
    advance(*b.explorer, in);
  }
  CHECK(b.history.count() == count + 1);
  for (int i = 0; i < 4; ++i) b.act(SetCoordinate{3, 0.25f * static_cast<float>(i + 1)}, 0.1);
  CHECK(b.history.count() == count + 2);
  b.act(Undo{});
  CHECK(b.state.plane.others == std::vector<float>(b.state.plane.others.size(), 0.0f));
  CHECK(b.state.view);
  b.act(Undo{});
  CHECK_FALSE(b.state.view);
}

TEST_CASE("undo: what changes nothing is no entry, and neither are help and theme") {
  Visit b;
  const std::size_t count = b.history.count();
  b.act(GoHome{});
  b.act(ShowAllClasses{});
  b.act(Toggle{&ExplorerState::help});
  b.act(SetValue{&ExplorerState::theme, Theme::dark});
  Input in = b.input();
  in.over_plane = true;
  in.pointer = {200, 200};
  advance(*b.explorer, in);
  CHECK(b.history.count() == count);
  b.drag({100, 100}, {100, 100});
  b.act(Undo{});
  CHECK(b.state.help);
  CHECK(b.state.theme == Theme::dark);
}

TEST_CASE("undo: the strokes of a drawing one by one, then the tool") {
  Visit b;
  const std::size_t tool = b.state.tool;
  b.act(ChooseTool{"image"});
  b.stroke({1, 1}, {3, 3});
  const Matrix one = b.explorer->visitor_image.pixels;
  b.stroke({1, 4}, {4, 1});
  const Matrix two = b.explorer->visitor_image.pixels;
  REQUIRE(one != two);
  b.act(ClearDrawing{});
  CHECK(b.explorer->visitor_image.pixels.size() == 0);
  b.act(Undo{});
  CHECK(b.explorer->visitor_image.pixels == two);
  CHECK(b.explorer->input.current().origin == Origin::visitor);
  b.act(Undo{});
  CHECK(b.explorer->visitor_image.pixels == one);
  b.act(Redo{});
  CHECK(b.explorer->visitor_image.pixels == two);
  b.act(Undo{});
  b.act(Undo{});
  CHECK(b.explorer->visitor_image.pixels.size() == 0);
  CHECK(b.state.tool == find_tool("image"));
  b.act(Undo{});
  CHECK(b.state.tool == tool);
}

TEST_CASE("undo: goes back to the model before, and redo to the next one") {
  Visit b;
  b.drag({100, 100}, {300, 200});
  b.act(ZoomBy{2});
  const ExplorerState before = b.state;
  b.act(ChooseModel{"plain"});
  REQUIRE(b.explorer->model->id == "plain");
  b.drag({10, 10}, {60, 90});
  const ExplorerState after = b.state;
  b.act(Undo{});
  b.act(Undo{});
  CHECK(b.explorer->model->id == "small");
  CHECK(b.state == before);
  b.act(Redo{});
  b.act(Redo{});
  CHECK(b.explorer->model->id == "plain");
  CHECK(b.state == after);
}

TEST_CASE("undo: a file that the visitor opens is one entry with the tool that opens") {
  Visit b;
  const ExplorerState before = b.state;
  const std::size_t count = b.history.count();
  open_visitor_image(*b.explorer, "photo.png", std::vector<std::uint8_t>(64, 200), 8, 8);
  CHECK(b.history.count() == count + 1);
  CHECK(b.state.tool == find_tool("image"));
  open_visitor_file(*b.explorer, "third.safetensors", save_model(explorer_file(true, 2), Precision::f32));
  CHECK(b.history.count() == count + 2);
  b.act(Undo{});
  CHECK(b.explorer->model->id == "small");
  CHECK(b.explorer->visitor_image.name == "photo.png");
  b.act(Undo{});
  CHECK(b.state == before);
  CHECK(b.explorer->visitor_image.pixels.size() == 0);
}

TEST_CASE("undo: a link that the visitor enters can be taken back, what the host page sets is no entry") {
  Visit b;
  b.drag({100, 100}, {300, 200});
  const ExplorerState before = b.state;
  const std::size_t count = b.history.count();
  apply_unlocked(*b.explorer, SetZ{{0.5f, 0.5f}});
  CHECK(b.history.count() == count);
  apply_unlocked(*b.explorer, SetZ{before.z});
  follow_link(*b.explorer, "m=small&z=1,1&tool=path&a=0,0");
  CHECK(b.history.count() == count + 1);
  b.act(Undo{});
  CHECK(b.state == before);
}

TEST_CASE("undo: while a model is being loaded, undo cancels that") {
  Visit b;
  CatalogueEntry entry;
  entry.id = "far", entry.file = "far.safetensors";
  b.explorer->catalogue.push_back(entry);
  b.explorer->models.push_back(nullptr);
  b.explorer->downloads.push_back({});
  b.drag({100, 100}, {300, 200});
  const ExplorerState before = b.state;
  b.act(ChooseModel{"far"});
  REQUIRE(b.explorer->waiting);
  b.act(Undo{});
  CHECK_FALSE(b.explorer->waiting);
  CHECK(b.state == before);
  receive(*b.explorer, b.explorer->models.size() - 1, save_model(explorer_file(), Precision::f32));
  CHECK(b.explorer->model->id == "small");
}

// One of many things that a visitor can do.
void do_something(Visit& b, Rng& rng) {
  const auto one_of = [&](std::uint64_t count) { return static_cast<std::size_t>(rng.below(count)); };
  const auto at = [&] { return Point{static_cast<float>(one_of(400)), static_cast<float>(one_of(400))}; };
  const auto pixel = [&] { return Point{static_cast<float>(one_of(6)), static_cast<float>(one_of(5))}; };
  switch (one_of(20)) {
    case 0: return b.drag(at(), at());
    case 1: return b.act(MoveZ{{1, 0}, 3});
    case 2: return b.act(ZoomBy{one_of(2) == 0 ? 2.0f : 0.5f});
    case 3: return b.act(PanBy{{1, -1}});
    case 4: return b.act(Isolate{one_of(3), one_of(2) == 0});
    case 5: return b.act(ChooseOverlay{std::string(overlays()[one_of(overlays().size())].key)});
    case 6: return b.act(ChooseTool{std::string(tools()[one_of(tools().size())].key)});
    case 7: return b.act(ChooseModel{one_of(2) == 0 ? "small" : "plain"});
    case 8: return b.act(PutPin{one_of(2)});
    case 9: return b.act(SetNoise{one_of(3), 0.25f});
    case 10: return b.act(NextTestImage{});
    case 11: return b.act(SelectImage{static_cast<std::int32_t>(one_of(20)) - 1});
    case 12: return b.stroke(pixel(), pixel());
    case 13: return b.act(ClearDrawing{});
    case 14: return b.act(SetPlane{{.principal = one_of(2) == 0, .axes = {0, 3}, .others = {}}});
    case 15: return b.act(SetCoordinate{2, 0.5f});
    case 16: return b.act(StepTour{1});
    case 17: return b.act(Toggle{&ExplorerState::marks});
    case 18: return b.act(SetPair{0, static_cast<std::uint8_t>(1 + one_of(2))});
    default: return b.act(ChooseTraining{{.size = TrainSize::small, .beta = static_cast<float>(1 + one_of(5))}});
  }
}

TEST_CASE("undo: after any gestures it returns to each moment exactly, and redo comes back") {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    CAPTURE(seed);
    Visit b;
    Rng rng(seed, Stream::test);
    std::vector<Moment> moments{b.moment()};
    const std::size_t first = b.history.count();
    for (int i = 0; i < 30; ++i) {
      const std::size_t count = b.history.count();
      do_something(b, rng);
      CHECK(b.history.count() <= count + 1);
      if (b.history.count() > count)
        moments.push_back(b.moment());
      else
        moments.back() = b.moment();
    }
    for (std::size_t i = moments.size() - 1; i-- > 0;) {
      CAPTURE(i);
      b.act(Undo{});
      CHECK_FALSE(differ(moments[i], b.moment()));
    }
    CHECK(b.history.count() == first);
    for (std::size_t i = 1; i < moments.size(); ++i) {
      CAPTURE(i);
      b.act(Redo{});
      CHECK_FALSE(differ(moments[i], b.moment()));
    }
    CHECK_FALSE(b.history.can_redo());
  }
}

TEST_CASE("undo: something new ends redo, and only so many gestures are kept") {
  Visit b;
  for (std::size_t i = 0; i < History::kMost + 20; ++i) b.act(Isolate{i % 3});
  CHECK(b.history.count() == History::kMost);
  b.act(Undo{});
  CHECK(b.history.can_redo());
  b.act(Toggle{&ExplorerState::marks});
  CHECK_FALSE(b.history.can_redo());
}

// A state in which every value that can be locked has changed at least once.
void change_everything(Visit& b) {
  b.act(SetPlane{{.principal = false, .axes = {1, 3}, .others = {0.5f}}});
  b.drag({100, 100}, {300, 200});
  b.act(ZoomBy{2});
  b.act(ChooseOverlay{"density"});
  b.act(Isolate{1});
  b.act(Toggle{&ExplorerState::class_names});
  b.act(Toggle{&ExplorerState::marks});
  b.act(StepTour{1});
  b.act(ChooseTool{"path"});
  b.act(PutPin{0});
  b.act(KeepPlace{});
  b.act(SetValue{&ExplorerState::path, PathKind::geodesic});
  b.act(SelectImage{4});
  b.act(SetNoise{1, 0.25f});
  b.act(SetSamples{SampleSource::one_class, 2, true, 9});
  b.act(SetPair{1, 2});
  b.act(Compare{"plain"});
  b.act(SetValue{&ExplorerState::frame, 3});
  b.act(ChooseUnit{{Network::decoder, 1, 3}, false});
  b.act(ChooseTraining{{.size = TrainSize::small, .beta = 3}});
  b.act(ChooseTool{"image"});
  b.stroke({1, 1}, {3, 3});
  b.act(ChooseModel{"plain"});
}

bool still_kept(const LockRow& row, ExplorerState before, const ExplorerState& state) {
  ExplorerState kept = state;
  before.locked = row.lock;
  keep_locked(before, kept);
  return kept == state;
}

TEST_CASE("undo: locks hold") {
  for (const LockRow& row : lock_rows()) {
    CAPTURE(row.key);
    Visit free;
    change_everything(free);
    const ExplorerState reached = free.state;
    bool moves = false;
    Visit locked;
    change_everything(locked);
    edit(*locked.explorer, [&](ExplorerState& s) { s.locked = row.lock; });
    advance(*locked.explorer, locked.input());
    const ExplorerState before = locked.state;
    const Matrix own = locked.explorer->visitor_image.pixels;
    REQUIRE(own.size() > 0);
    bool any = false;
    for (int i = 0; i < 60; ++i) {
      free.act(Undo{});
      moves |= !still_kept(row, reached, free.state) || free.explorer->visitor_image.pixels.size() == 0;
      const ExplorerState was = locked.state;
      if (i < 40)
        locked.act(Undo{});
      else
        locked.act(Redo{});
      any |= locked.state != was;
      CHECK(still_kept(row, before, locked.state));
      CHECK(locked.state.locked == row.lock);
      if (row.lock == bit(Lock::image)) CHECK(locked.explorer->visitor_image.pixels == own);
      if (row.lock == bit(Lock::model)) CHECK(locked.explorer->model->id == "plain");
    }
    CHECK(any);  // the rest goes back
    if (row.lock != bit(Lock::theme) && row.lock != bit(Lock::help)) CHECK_MESSAGE(moves, "nothing to lock");
  }
}

TEST_CASE("undo: Back goes between models, tools, overlays, steps of the tour and jumps, not through drags") {
  Visit b;
  const auto jumps = [&](auto&& change) {
    const std::uint32_t before = b.explorer->jumps;
    change();
    return b.explorer->jumps > before;
  };
  CHECK(jumps([&] { b.act(ChooseTool{"path"}); }));
  CHECK(jumps([&] { b.act(ChooseOverlay{"density"}); }));
  CHECK(jumps([&] { b.act(StepTour{1}); }));
  CHECK(jumps([&] { b.act(ChooseModel{"plain"}); }));
  CHECK(jumps([&] { b.act(FlyTo{.z = {0.25f, 0.5f}, .jump = true}); }));
  CHECK_FALSE(jumps([&] { b.act(FlyTo{.z = {0.25f, 0.5f}, .jump = true}); }));  // it is there
  CHECK_FALSE(jumps([&] { b.act(FlyTo{{1, 1}}); }));
  CHECK_FALSE(jumps([&] { b.drag({100, 100}, {300, 200}); }));
  CHECK_FALSE(jumps([&] { b.act(ZoomBy{2}); }));
  CHECK_FALSE(jumps([&] { b.act(Isolate{1}); }));
  CHECK_FALSE(jumps([&] { follow_link(*b.explorer, "m=small&tool=noise"); }));  // the browser knows that address
}

TEST_CASE("undo: keys, and commands of the page") {
  Actions actions;
  append_key_action("z", {.command = true}, actions);
  append_key_action("z", {.shift = true, .command = true}, actions);
  append_key_action("y", {.command = true}, actions);
  append_key_action("z", {}, actions);
  REQUIRE(actions.size() == 4);
  CHECK(std::holds_alternative<Find>(actions[3]));  // alone the key is another one
  CHECK(std::holds_alternative<Undo>(actions[0]));
  CHECK(std::holds_alternative<Redo>(actions[1]));
  CHECK(std::holds_alternative<Redo>(actions[2]));
  Visit b;
  AccessibleNodes nodes;
  b.drag({100, 100}, {300, 200});
  CHECK(accessibility_state(*b.explorer, nodes, {}).find("\"undo\":true") != std::string::npos);
  CHECK(accessibility_state(*b.explorer, nodes, {}).find("\"redo\":false") != std::string::npos);
  Actions asked;
  CHECK(dispatch(*b.explorer, nodes, {}, "do", "undo", asked));
  CHECK(dispatch(*b.explorer, nodes, {}, "do", "redo", asked));
  CHECK(std::holds_alternative<Undo>(asked[0]));
  CHECK(std::holds_alternative<Redo>(asked[1]));
}

TEST_CASE("undo: the buttons on the plane appear with the first change and do what they say") {
  for (const auto& [width, height] :
       {std::pair(1000.0f, 700.0f), std::pair(390.0f, 844.0f), std::pair(844.0f, 390.0f)}) {
    CAPTURE(width);
    Screen screen(width, height);
    auto explorer = small_explorer();
    screen.settle(*explorer);
    const auto place = [&](const char* id) {
      for (const auto& [name, r] : screen.ui.drawn.pressables)
        if (name == id) return r;
      return Rect{};
    };
    CHECK(place("undo").width == 0);
    const Rect plane = layout_of(*explorer, width, height).plane;
    screen.drag(*explorer, plane.center(), plane.center() + Point{30, 20});
    screen.settle(*explorer);
    const Point after = explorer->state.z;
    REQUIRE(place("undo").width >= 40);
    CHECK(plane.contains({place("redo").x, place("redo").y}));
    screen.click(*explorer, place("undo").center());
    CHECK(explorer->state.z == Point{});
    screen.click(*explorer, place("undo").center());  // there is nothing more, and the click is not for the plane
    CHECK(explorer->state.z == Point{});
    screen.click(*explorer, place("redo").center());
    CHECK(explorer->state.z == after);
  }
}

TEST_CASE("plane: an arrow points to the ring outside the view and brings it back") {
  for (const Point z : {Point{8, 0.5f}, Point{-8, 1}, Point{0, 8}, Point{7, -8}}) {
    Screen screen(1000, 700);
    auto explorer = small_explorer();
    edit(*explorer, [&](ExplorerState& s) { s.z = z; });
    screen.settle(*explorer);
    const Rect plane = layout_of(*explorer, 1000, 700).plane;
    const Point ring = to_screen(explorer->model->home, plane, explorer->state.z);
    REQUIRE_FALSE(plane.contains(ring));
    const Pressables pressables = screen.ui.drawn.pressables;
    const auto arrow = std::ranges::find_if(pressables, [](const auto& one) { return one.first == "to the ring"; });
    REQUIRE(arrow != pressables.end());
    const Point at = arrow->second.center(), way = at - plane.center(), wanted = ring - plane.center();
    CHECK(plane.contains(at));
    CHECK(way.x * wanted.x + way.y * wanted.y > 0.9f * length(way) * length(wanted));
    screen.click(*explorer, at);
    screen.settle(*explorer);
    REQUIRE(explorer->state.view);
    CHECK(explorer->state.z == z);
    CHECK(plane.inset(40).contains(to_screen(*explorer->state.view, plane, z)));
    for (const auto& [id, r] : screen.ui.drawn.pressables) CHECK(id != "to the ring");
  }
}

TEST_CASE("presses: two on one place soon after one another are a double press, by real time") {
  Presses presses;
  const auto click = [&](double time, Point at, bool on_plane = true, Point drift = {}) {
    presses.advance({.time = time, .at = at, .began = true, .on_plane = on_plane, .held = true});
    const bool second = presses.is_second();
    presses.advance({.time = time + 0.05, .at = at + drift, .held = true});
    presses.advance({.time = time + 0.1, .at = at + drift, .ended = true});
    CHECK((second || !presses.was_double()));
    return presses.was_double();
  };
  CHECK_FALSE(click(10, {50, 50}));
  const std::uint64_t first = presses.number();
  CHECK(click(10.3, {53, 50}));
  CHECK(presses.place() == Point{53, 50});
  CHECK(presses.number() == first);  // one gesture
  CHECK_FALSE(click(10.6, {53, 50}));  // a third is the first of another two
  CHECK(presses.number() == first + 1);
  CHECK_FALSE(click(12, {50, 50}));
  CHECK_FALSE(click(12.6, {50, 50}));      // too late
  CHECK_FALSE(click(12.7, {80, 50}));      // elsewhere
  CHECK_FALSE(click(12.9, {80, 50}, false));  // on a button
  CHECK_FALSE(click(13.1, {80, 50}));
  CHECK_FALSE(click(13.3, {80, 50}, true, {30, 0}));  // a drag
  CHECK_FALSE(click(13.5, {110, 50}));
  presses.advance({.time = 14, .at = {}});
  CHECK(presses.number() == 0);
  Presses unknown;
  for (int i = 0; i < 2; ++i) {
    unknown.advance({.at = {}, .began = true, .on_plane = true, .held = true});
    unknown.advance({.at = {}, .ended = true});
    CHECK_FALSE(unknown.was_double());
  }
}

TEST_CASE("plane: a double click moves the ring once and zooms in about it; one undo takes both back") {
  Screen screen(1000, 700);
  auto explorer = small_explorer();
  screen.settle(*explorer);
  const Rect plane = layout_of(*explorer, 1000, 700).plane;
  const Point at{plane.x + 0.3f * plane.width, plane.y + 0.4f * plane.height};
  const Point wanted = to_latent(explorer->model->home, plane, at);
  screen.time = 50;
  screen.click(*explorer, at);
  const Point z = explorer->state.z;
  CHECK(length(z - wanted) < 0.02f);
  screen.time += 0.2;
  screen.click(*explorer, at + Point{3, 2});
  CHECK(explorer->state.z == z);
  REQUIRE(explorer->state.view);
  CHECK(explorer->state.view->half == doctest::Approx(explorer->model->home.half / 2));
  CHECK(length(to_screen(*explorer->state.view, plane, z) - at) < 6);
  screen.frame(*explorer, {Undo{}});
  CHECK(explorer->state.z == Point{});
  CHECK_FALSE(explorer->state.view);
  // Two clicks with a pause are two clicks.
  for (int i = 0; i < 2; ++i) {
    screen.time += 1;
    screen.click(*explorer, at);
  }
  CHECK_FALSE(explorer->state.view);
}

}  // namespace
}  // namespace loom
