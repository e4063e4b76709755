// Explanations of signs: when they appear, where, and that every sign has one.
#include <doctest/doctest.h>

#include "explorer/layout/tips.h"
#include "explorer/texts/tips.h"
#include "explorer_screen.h"

namespace loom {
namespace {

constexpr Rect kSign{100, 100, 40, 40};

// Frames of a tenth of a second with the pointer at a place.
struct Rest {
  Tips tips;
  bool more = false;
  void frames(int count, Point at, bool finger = false, bool down = false, float seconds = 0.1f) {
    for (int i = 0; i < count; ++i) {
      tips.begin_frame();
      tips.add(kSign, "words", kSign.contains(at));
      more = tips.advance({.at = at, .finger = finger, .down = down}, seconds);
    }
  }
};

TEST_CASE("tips: a mouse must rest for half a second, and a press ends it until the mouse has left") {
  Rest rest;
  rest.frames(4, {110, 110});
  CHECK(rest.tips.shown() == nullptr);
  CHECK(rest.more);  // or it would never appear
  rest.frames(2, {112, 110});  // it may move on the sign
  REQUIRE(rest.tips.shown() != nullptr);
  CHECK(rest.tips.shown()->words == "words");
  CHECK(rest.tips.shown()->place == kSign);
  CHECK_FALSE(rest.tips.swallows_release());
  rest.frames(3, {112, 110});
  CHECK(rest.tips.shown() != nullptr);
  CHECK_FALSE(rest.more);
  rest.frames(1, {112, 110}, false, true);
  CHECK(rest.tips.shown() == nullptr);
  rest.frames(20, {112, 110});
  CHECK(rest.tips.shown() == nullptr);
  rest.frames(1, {10, 10});
  rest.frames(7, {112, 110});
  CHECK(rest.tips.shown() != nullptr);
  rest.frames(1, {10, 10});
  CHECK(rest.tips.shown() == nullptr);
  CHECK_FALSE(rest.more);
}

TEST_CASE("tips: nothing is explained under a mouse that has not moved since it opened what lies there") {
  Rest rest;
  rest.frames(1, {10, 10}, false, true);  // on something else, which opens a panel with another sign here
  const auto opened = [&](int count, Point at) {
    for (int i = 0; i < count; ++i) {
      rest.tips.begin_frame();
      rest.tips.add({0, 0, 50, 50}, "opened", true);
      rest.tips.advance({.at = at}, 0.1f);
    }
  };
  opened(20, {12, 10});
  CHECK(rest.tips.shown() == nullptr);
  CHECK_FALSE(rest.tips.has_moved());
  rest.frames(1, {90, 90});
  CHECK(rest.tips.has_moved());
  opened(7, {12, 10});
  CHECK(rest.tips.shown() != nullptr);
}

TEST_CASE("tips: a frame after a long pause is no rest") {
  Rest rest;
  rest.frames(1, {110, 110}, false, false, 30);
  CHECK(rest.tips.shown() == nullptr);
}

TEST_CASE("tips: a finger must be held and still; letting go of it presses nothing") {
  Rest rest;
  rest.frames(9, {110, 110}, true, false);  // the last place of a finger that was lifted
  CHECK(rest.tips.shown() == nullptr);
  rest.frames(6, {110, 110}, true, true);
  CHECK(rest.tips.shown() != nullptr);
  CHECK(rest.tips.swallows_release());
  rest.frames(1, {110, 110}, true, false);
  CHECK(rest.tips.shown() == nullptr);
  CHECK_FALSE(rest.tips.swallows_release());
  rest.frames(2, {110, 110}, true, true);
  rest.frames(9, {120, 110}, true, true);  // a drag
  CHECK(rest.tips.shown() == nullptr);
}

TEST_CASE("tips: the card is in the window and, where there is room, not on its sign") {
  const Rect window{0, 0, 360, 640};
  for (const Rect sign : {Rect{0, 0, 40, 40}, Rect{320, 0, 40, 40}, Rect{320, 600, 40, 40}, Rect{0, 600, 40, 40},
                          Rect{100, 300, 160, 160}}) {
    const Rect card = tip_place(window, sign, 280, 60);
    CHECK(card.x >= 0);
    CHECK(card.y >= 0);
    CHECK(card.right() <= window.right());
    CHECK(card.bottom() <= window.bottom());
    CHECK((card.bottom() <= sign.y || card.y >= sign.bottom()));
  }
}

// The words shown after the pointer has rested at a place.
std::string words_at(Screen& screen, Explorer& explorer, Point at) {
  screen.move(explorer, {1, 1});
  screen.move(explorer, at);
  for (int i = 0; i < 60; ++i) screen.frame(explorer);
  return screen.ui.tips.shown() ? screen.ui.tips.shown()->words : std::string();
}

TEST_CASE("tips: everything that can be pressed beside map and tools says what it does") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  explorer->can_share = true;
  edit(*explorer, [](ExplorerState& s) { s.overlay = find_overlay("density"), s.tool = find_tool("path"); });
  screen.settle(*explorer);
  screen.frame(*explorer);
  const Pressables pressables = screen.ui.drawn.pressables;
  std::size_t said = 0;
  for (const char* id :
       {"help", "theme", "share", "model", "overlays", "tools", "off", "why", "legend fold", "tool off", "tool why"}) {
    const auto found = std::ranges::find(pressables, id, &Pressables::value_type::first);
    INFO(id);
    REQUIRE(found != pressables.end());
    const std::string words = words_at(screen, *explorer, found->second.center());
    CHECK(std::ranges::any_of(texts::kTips, [&](const texts::Tip& tip) { return tip.words == words; }));
    said += words.size();
  }
  CHECK(said > 200);
  const Layout places = layout_of(*explorer, 1280, 800);
  const View view = current_view(explorer->state, explorer->model);
  CHECK(words_at(screen, *explorer, to_screen(view, places.plane, explorer->state.z)) == texts::kRingTip.words);
  CHECK(words_at(screen, *explorer, places.decoded.center()) == texts::kDecodedTip.words);
}

TEST_CASE("tips: a mark's card appears after a short rest, and not on the ring") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  screen.settle(*explorer);
  const Layout places = layout_of(*explorer, 1280, 800);
  const View view = current_view(explorer->state, explorer->model);
  const auto at = [&](std::size_t n) { return to_screen(view, places.plane, explorer->model->mu[n]); };
  std::size_t away = 0;
  while (length(at(away) - to_screen(view, places.plane, explorer->state.z)) < 40) ++away;
  screen.move(*explorer, at(away));
  CHECK(explorer->interaction.hovered >= 0);
  const int without = screen.frame(*explorer);
  for (int i = 0; i < 30; ++i) screen.frame(*explorer);
  CHECK(screen.frame(*explorer) > without);
}

TEST_CASE("tips: a finger held on a mark shows its image, until the next press") {
  Screen screen(390, 844);
  auto explorer = small_explorer();
  screen.settle(*explorer);
  ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  const Layout places = layout_of(*explorer, 390, 844);
  const auto at = [&](std::size_t n) {
    return to_screen(current_view(explorer->state, explorer->model), places.plane, explorer->model->mu[n]);
  };
  const auto card = [&] {
    const auto& cards = screen.ui.drawn.cards;
    const auto found = std::ranges::find(cards, "hovered", &std::pair<std::string, Rect>::first);
    return found == cards.end() ? Rect{} : found->second;
  };
  const auto frames = [&](int count) {
    for (int i = 0; i < count; ++i) screen.frame(*explorer);
  };
  const Point mark = at(3), finger = mark + Point{14, 0};
  screen.move(*explorer, finger);
  screen.press(*explorer, true);
  frames(10);  // 0.16 s
  CHECK(card().width == 0);
  frames(60);
  const std::int64_t held = explorer->interaction.hovered;
  REQUIRE(held >= 0);
  REQUIRE(card().width > 0);
  CHECK(card().x >= 0);
  CHECK(card().right() <= 390);
  CHECK_FALSE(card().contains(finger));
  screen.press(*explorer, false);
  frames(30);
  CHECK(explorer->interaction.hovered == held);
  CHECK(card().width > 0);
  screen.press(*explorer, true);  // a tap takes it away
  CHECK(explorer->interaction.hovered == -1);
  screen.press(*explorer, false);
  frames(30);
  CHECK(card().width == 0);
  // Drawn away, the finger moves the ring as ever.
  screen.press(*explorer, true);
  frames(60);
  REQUIRE(explorer->interaction.hovered >= 0);
  screen.move(*explorer, finger + Point{40, 40});
  screen.frame(*explorer);
  CHECK(explorer->interaction.hovered == -1);
  screen.press(*explorer, false);
}

}  // namespace
}  // namespace loom
