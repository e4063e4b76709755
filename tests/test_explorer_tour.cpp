// The tour sets all that it speaks of and gives back what was shown; the card of a first visit; tools that open on
// something worth seeing.
#include <doctest/doctest.h>

#include "explorer/app/frame.h"
#include "explorer/app/update.h"
#include "explorer/link/link.h"
#include "explorer/state/tour.h"
#include "explorer/texts/texts.h"
#include "explorer_screen.h"

namespace loom {
namespace {

TEST_CASE("tour: a step shows the same whatever was shown before, and the end gives that back") {
  auto fresh = small_explorer(), used = small_explorer();
  advance(*fresh, {}), advance(*used, {});
  apply(*used, FlyTo{{-2, 1.5f}, 0.3f});
  apply(*used, ChooseOverlay{"holes"});
  apply(*used, ChooseTool{"noise"});
  apply(*used, Isolate{1});
  const std::string before = write_link(used->state);
  for (std::size_t step = 1; step <= tour().size(); ++step) {
    apply(*fresh, StepTour{1}), apply(*used, StepTour{1});
    INFO(step);
    CHECK(fresh->state.tour == step);
    CHECK(write_link(used->state) == write_link(fresh->state));
    CHECK(used->state.isolated == 0);
  }
  apply(*used, StepTour{1});
  CHECK(used->state.tour == 0);
  CHECK(write_link(used->state) == before);
  // Escape ends it, too.
  apply(*used, StepTour{1});
  apply(*used, StepBack{});
  CHECK(write_link(used->state) == before);
}

TEST_CASE("tour: a link to a step shows what the step speaks of, and a link with a view of its own keeps it") {
  for (std::size_t step = 1; step <= tour().size(); ++step) {
    auto stepped = small_explorer(), linked = small_explorer();
    advance(*stepped, {}), advance(*linked, {});
    apply(*stepped, StepTour{static_cast<int>(step)});
    follow_link(*linked, text("tour=", step));
    INFO(step);
    CHECK(write_link(linked->state) == write_link(stepped->state));
  }
  auto own = small_explorer();
  advance(*own, {});
  follow_link(*own, "tour=4&overlay=holes&z=0.5,0.25");
  CHECK(own->state.z == Point{0.5f, 0.25f});
  CHECK(own->state.tour == 4);
}

TEST_CASE("tour: with a locked part, the part stays") {
  auto explorer = small_explorer();
  advance(*explorer, {});
  edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::z) | bit(Lock::overlay); });
  const Point z = explorer->state.z;
  for (std::size_t step = 1; step <= tour().size(); ++step) {
    apply(*explorer, StepTour{1});
    CHECK(explorer->state.z == z);
    CHECK(explorer->state.overlay == 0);
  }
}

TEST_CASE("tour: the card does not cover what it points at, in four windows") {
  for (const auto& [width, height] :
       {std::pair(1280.0f, 800.0f), std::pair(390.0f, 844.0f), std::pair(844.0f, 390.0f), std::pair(360.0f, 640.0f)}) {
    Screen screen(width, height);
    auto explorer = small_explorer();
    screen.settle(*explorer);
    for (const std::size_t step : {1u, 2u, 3u}) {
      screen.frame(*explorer, {StepTour{1}});
      screen.settle(*explorer);
      const auto find = [&](std::string_view id) {
        const auto found = std::ranges::find(screen.ui.drawn.pressables, id, &Pressables::value_type::first);
        return found == screen.ui.drawn.pressables.end() ? Rect{} : found->second;
      };
      const Rect next = find("next");
      INFO(width, ' ', step);
      REQUIRE(next.width > 0);
      const Rect target = step == 2 ? find("zoom in") : step == 3 ? find("overlays") : Rect{};
      if (target.width == 0) continue;
      CHECK((next.x >= target.right() || next.right() <= target.x || next.y >= target.bottom() ||
             next.bottom() <= target.y));
    }
  }
}

TEST_CASE("welcome: the card of a first visit goes with the first move of the ring, for good") {
  for (const int way : {0, 1, 2}) {
    Screen screen(1280, 800);
    auto explorer = small_explorer();
    explorer->welcome = true;
    screen.settle(*explorer);
    const auto shows = [&] {
      screen.frame(*explorer);
      return std::ranges::find(screen.ui.drawn.pressables, "welcome tour", &Pressables::value_type::first) !=
             screen.ui.drawn.pressables.end();
    };
    CHECK(shows());
    take_requests(*explorer);
    screen.frame(*explorer, {ChooseOverlay{"density"}});  // not a move of the ring
    CHECK(shows());
    if (way == 0) screen.frame(*explorer, {MoveZ{{1, 0}}});
    if (way == 1) screen.frame(*explorer, {StepTour{1}});
    if (way == 2) screen.frame(*explorer, {DismissWelcome{}});
    CHECK_FALSE(shows());
    const std::vector<Request> requests = take_requests(*explorer);
    CHECK(std::ranges::count(requests, Request::Kind::welcomed, &Request::kind) == 1);
    if (way == 1) CHECK(explorer->state.tour == 1);
  }
}

TEST_CASE("tools open on something worth seeing, and keep what was chosen") {
  auto explorer = small_explorer();
  advance(*explorer, {});
  for (const char* key : {"path", "merge", "select"}) {
    edit(*explorer, [](ExplorerState& s) { s.pins = {}; });
    apply(*explorer, ChooseTool{key});
    INFO(key);
    REQUIRE(explorer->state.pins[0].has_value());
    REQUIRE(explorer->state.pins[1].has_value());
    CHECK(length(*explorer->state.pins[0] - *explorer->state.pins[1]) > 0.1f);
  }
  edit(*explorer, [](ExplorerState& s) { s.pins = {Point{0.5f, 0.5f}, std::nullopt}; });
  apply(*explorer, ChooseTool{"path"});
  CHECK(*explorer->state.pins[0] == Point{0.5f, 0.5f});
  CHECK_FALSE(explorer->state.pins[1].has_value());

  apply(*explorer, ChooseTool{"noise"});
  CHECK(explorer->state.noise == doctest::Approx(0.3));
  apply(*explorer, SetNoise{0, 0.1f});
  apply(*explorer, ChooseTool{"noise"});
  CHECK(explorer->state.noise == doctest::Approx(0.1));

  edit(*explorer, [](ExplorerState& s) { s.image = -1; });
  apply(*explorer, ChooseTool{"strange"});
  REQUIRE(explorer->state.image >= 0);
  CHECK(explorer->state.z == explorer->model->mu[static_cast<std::size_t>(explorer->state.image)]);
  const std::int32_t chosen = explorer->state.image;
  apply(*explorer, ChooseTool{"image"});
  CHECK(explorer->state.image == chosen);

  edit(*explorer, [](ExplorerState& s) { s.image = -1, s.pins = {}, s.locked = bit(Lock::image) | bit(Lock::pins); });
  apply(*explorer, ChooseTool{"image"});
  apply(*explorer, ChooseTool{"path"});
  CHECK(explorer->state.image == -1);
  CHECK_FALSE(explorer->state.pins[0].has_value());
}

TEST_CASE("an image of the visitor moves the ring to where the encoder puts it, unless the ring is locked") {
  for (const bool locked : {false, true}) {
    auto explorer = small_explorer();
    advance(*explorer, {});
    if (locked) edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::z); });
    const Point before = explorer->state.z;
    apply(*explorer, ChooseTool{"sample"});
    apply(*explorer, DrawStroke{{1, 1}, {4, 4}});
    advance(*explorer, {});
    const InputImage& input = explorer->input.current();
    REQUIRE(input.origin == Origin::visitor);
    CHECK(explorer->state.z == (locked ? before : input.mu));
    if (locked) continue;
    // Only a new image does: afterwards the ring can be moved away.
    apply(*explorer, FlyTo{{0.25f, 0.5f}});
    advance(*explorer, {});
    CHECK(explorer->state.z == Point{0.25f, 0.5f});
  }
}

TEST_CASE("lists: every line below a name fits on a phone, and the tools of a group stand together") {
  Screen screen(360, 640);
  auto explorer = small_explorer();
  screen.settle(*explorer);
  const Painter painter(nullptr, screen.ui.atlas, palette(false));
  constexpr float kRoom = 360 - 6 * kUnit;  // card_panel.cpp
  for (const Overlay& row : overlays())
    CHECK_MESSAGE(painter.text_width(TextSize::small, row.brief) <= kRoom, row.name);
  std::vector<std::string_view> groups;
  for (const Tool& row : tools()) {
    CHECK_MESSAGE(painter.text_width(TextSize::small, row.brief) <= kRoom, row.name);
    CHECK_FALSE(row.brief.empty());
    if (groups.empty() || groups.back() != row.group) groups.push_back(row.group);
  }
  CHECK(groups.size() == 5);  // no tool has the heading of a group that has ended
  std::ranges::sort(groups);
  CHECK(std::ranges::adjacent_find(groups) == groups.end());
}

}  // namespace
}  // namespace loom
