// The places that the visitor keeps: in the link, as flags on the map, compared in a tool.
#include <doctest/doctest.h>

#include "core/text.h"
#include "explorer/link/link.h"
#include "explorer_screen.h"

namespace loom {
namespace {

void act(Explorer& explorer, Action action) {
  Input input;
  input.plane = {0, 0, 400, 400};
  input.actions.push_back(std::move(action));
  advance(explorer, input);
}

TEST_CASE("places: kept, removed, in the link, undone") {
  auto explorer = small_explorer();
  const ExplorerState& state = explorer->state;
  for (const Point z : {Point{0.5f, 1}, Point{-1, 0.25f}, Point{0.5f, 1}}) {
    act(*explorer, SetZ{z});
    act(*explorer, KeepPlace{});
  }
  CHECK(state.places == std::vector<Point>{{0.5f, 1}, {-1, 0.25f}});  // each once
  CHECK(write_link(state).find("places=0.5,1,-1,0.25") != std::string::npos);
  CHECK(read_link(write_link(state)).places == state.places);
  act(*explorer, DropPlace{0});
  CHECK(state.places == std::vector<Point>{{-1, 0.25f}});
  act(*explorer, DropPlace{5});
  CHECK(state.places.size() == 1);
  act(*explorer, Undo{});
  CHECK(state.places.size() == 2);
  act(*explorer, Undo{});  // the ring
  CHECK(state.z == Point{-1, 0.25f});
  act(*explorer, Undo{});
  CHECK(state.places.size() == 1);
  for (int i = 0; i < 30; ++i) {
    act(*explorer, SetZ{{0.125f * static_cast<float>(i), 0}});
    act(*explorer, KeepPlace{});
  }
  CHECK(state.places.size() == kMostPlaces);
}

TEST_CASE("places: links are read as a whole or not at all, and clamped") {
  CHECK(read_link("places=1,2").places == std::vector<Point>{{1, 2}});
  for (const char* broken : {"1", "1,2,3", "1,x", "1,,2", "nan,1", ",", "1,2,"}) {
    CAPTURE(broken);
    CHECK(read_link(text("places=", broken)).places.empty());
  }
  std::string many;
  for (std::size_t i = 0; i < kMostPlaces + 1; ++i) many += text(i == 0 ? "" : ",", i, ",0");
  CHECK(read_link(text("places=", many)).places.empty());
  auto explorer = small_explorer();
  follow_link(*explorer, "m=small&places=1e9,-1e9");
  advance(*explorer, {});
  REQUIRE(explorer->state.places.size() == 1);
  CHECK(length(explorer->state.places[0]) < 100);
}

TEST_CASE("places: belong to the model, stay in the tour, and are locked by their own lock") {
  auto explorer = small_explorer();
  open_visitor_file(*explorer, "plain.safetensors", save_model(explorer_file(false), Precision::f32));
  act(*explorer, ChooseModel{"small"});
  act(*explorer, KeepPlace{});
  act(*explorer, StepTour{1});
  CHECK(explorer->state.places.size() == 1);
  act(*explorer, ChooseModel{"plain"});
  CHECK(explorer->state.places.empty());
  act(*explorer, Undo{});
  CHECK(explorer->state.places.size() == 1);
  edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::places); });
  act(*explorer, SetZ{{1, 1}});
  act(*explorer, KeepPlace{});
  act(*explorer, DropPlace{0});
  CHECK(explorer->state.places.size() == 1);
}

TEST_CASE("places: the tool shows their images; a press goes there, the cross removes") {
  for (const auto& [width, height] : {std::pair(1000.0f, 700.0f), std::pair(390.0f, 844.0f)}) {
    CAPTURE(width);
    Screen screen(width, height);
    auto explorer = small_explorer();
    edit(*explorer, [](ExplorerState& s) {
      s.tool = find_tool("places");
      s.places = {{0.5f, 1}, {-1, 0.25f}};
    });
    screen.settle(*explorer);
    const auto place = [&](std::string_view id) {
      for (const auto& [name, r] : screen.ui.drawn.pressables)
        if (name == id) return r;
      return Rect{};
    };
    REQUIRE(place("place 1").width > 40);
    const Pixels* shown = screen.shown_at(place("place 1").center());
    REQUIRE(shown);
    screen.click(*explorer, place("place 1").center());
    CHECK(explorer->state.z == Point{-1, 0.25f});
    screen.click(*explorer, place("drop 0").center());
    CHECK(explorer->state.places == std::vector<Point>{{-1, 0.25f}});
    CHECK(explorer->state.z == Point{-1, 0.25f});
    screen.settle(*explorer);
    edit(*explorer, [](ExplorerState& s) { s.z = {0, 0}; });
    screen.settle(*explorer);
    screen.click(*explorer, place("keep place").center());
    CHECK(explorer->state.places == std::vector<Point>{{-1, 0.25f}, {0, 0}});
  }
}

TEST_CASE("places: flags are drawn on the map, unless the part is hidden") {
  Screen screen(1000, 700);
  auto explorer = small_explorer();
  const int without = screen.settle(*explorer);
  edit(*explorer, [](ExplorerState& s) { s.places = {{0.5f, 1}}; });
  const int with = screen.settle(*explorer);
  CHECK(with > without);
  edit(*explorer, [](ExplorerState& s) { s.hidden = bit(Part::places); });
  CHECK(screen.settle(*explorer) == without);
}

}  // namespace
}  // namespace loom
