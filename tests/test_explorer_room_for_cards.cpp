// Cards keep clear of what they speak of, and buttons of one another, on desktops and phones.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include <imgui_internal.h>

#include "core/text.h"
#include "explorer/app/update.h"
#include "explorer/layout/card_place.h"
#include "explorer/layout/wrap.h"
#include "explorer/panels/panels.h"
#include "explorer/state/tour.h"
#include "explorer_screen.h"

namespace loom {
namespace {

constexpr std::array kPhones{std::pair(390.0f, 844.0f), std::pair(844.0f, 390.0f), std::pair(360.0f, 640.0f),
                             std::pair(853.0f, 480.0f)};

Rect place_of(const Screen& screen, std::string_view id) {
  const auto& all = screen.ui.drawn.pressables;
  const auto found = std::ranges::find(all, id, &Pressables::value_type::first);
  return found == all.end() ? Rect{} : found->second;
}

Rect card_of(const Screen& screen, std::string_view name) {
  for (const auto& [card, place] : screen.ui.drawn.cards)
    if (card == name) return place;
  return {};
}

TEST_CASE("cards: the place that covers least is taken, and of equals the first") {
  const std::array<Rect, 3> places{{{0, 0, 10, 10}, {20, 0, 10, 10}, {40, 0, 10, 10}}};
  CHECK(least_covering(places, {}) == 0);
  const std::array<Covered, 2> first_two{{{{5, 5, 20, 20}, 1}, {{0, 0, 1, 1}, 1}}};
  CHECK(least_covering(places, first_two) == 2);
  const std::array<Covered, 3> weighed{{{{0, 0, 50, 10}, 1}, {{0, 0, 2, 2}, 100}, {{45, 0, 1, 1}, 10}}};
  CHECK(least_covering(places, weighed) == 1);
  CHECK(least_covering({}, weighed) == 0);
}

TEST_CASE("tour: on a phone no step covers the images, the numbers or the tool that it speaks of") {
  for (const auto& [width, height] : kPhones) {
    Screen screen(width, height);
    auto explorer = small_explorer();
    screen.settle(*explorer);
    for (std::size_t step = 1; step <= tour().size(); ++step) {
      screen.frame(*explorer, {StepTour{1}});
      screen.settle(*explorer);
      const Layout layout = layout_of(*explorer, width, height);
      const Rect card = card_of(screen, "tour");
      INFO(width, " ", step);
      REQUIRE(card.width > 0);
      CHECK(card.y >= 0);
      CHECK(card.bottom() <= height);
      for (const Rect& seen : {layout.decoded, layout.compared_decoded, layout.reading})
        CHECK_FALSE(overlap(card, seen));
      if (tour()[step - 1].target == TourTarget::tool) CHECK_FALSE(overlap(card, layout.tool));
      if (tour()[step - 1].target == TourTarget::second_map) {
        CHECK_FALSE(overlap(card, layout.plane));
        CHECK_FALSE(overlap(card, layout.compared_plane));
      }
    }
  }
}

TEST_CASE("welcome: the card of a first visit does not cover the ring that it speaks of") {
  for (const auto& [width, height] : kPhones)
    for (const float z2 : {-1.0f, 0.0f, 1.0f}) {
      Screen screen(width, height);
      auto explorer = small_explorer();
      explorer->welcome = true;
      screen.settle(*explorer);
      edit(*explorer, [&](ExplorerState& s) { s.z = {0.5f, z2}; });
      screen.settle(*explorer);
      const Rect card = card_of(screen, "welcome");
      const Layout layout = layout_of(*explorer, width, height);
      const Point at = to_screen(current_view(explorer->state, explorer->model), layout.plane, explorer->state.z);
      INFO(width, " ", height, " ", z2);
      REQUIRE(card.width > 0);
      CHECK(place_of(screen, "welcome tour").width > 0);
      CHECK_FALSE(overlap(card, {at.x - kRingRadius, at.y - kRingRadius, 2 * kRingRadius, 2 * kRingRadius}));
    }
}

TEST_CASE("buttons: on a phone undo and redo stand in the row of the choosers, and no two buttons overlap") {
  for (const auto& [width, height] : kPhones)
    for (const char* tool : {"", "path", "compare", "strange"}) {
      Screen screen(width, height);
      auto explorer = small_explorer();
      open_visitor_file(*explorer, "second.safetensors", save_model(explorer_file(), Precision::f32));
      screen.settle(*explorer);
      screen.frame(*explorer, {ChooseTool{tool}, ChooseOverlay{"metric"}});
      screen.frame(*explorer, {MoveZ{{1, 0}}});
      screen.settle(*explorer);
      INFO(width, " ", tool);
      const Rect undo = place_of(screen, "undo"), tools = place_of(screen, "tools");
      REQUIRE(undo.width > 0);
      CHECK(undo.y == tools.y);
      const std::array<const char*, 7> ids{"undo", "redo", "overlays", "tools", "zoom in", "zoom out", "show all"};
      for (std::size_t a = 0; a < ids.size(); ++a)
        for (std::size_t b = a + 1; b < ids.size(); ++b) {
          INFO(ids[a], " ", ids[b]);
          const Rect first = place_of(screen, ids[a]), second = place_of(screen, ids[b]);
          if (first.width > 0 && second.width > 0) CHECK_FALSE(overlap(first, second));
        }
    }
}

TEST_CASE("cards: at every scale a card's window contains each pixel of its frame") {
  for (const float scale : {1.0f, 1.1f, 1.25f, 1.5f, 2.0f})
    for (const auto& [width, height] : {std::pair(1745.0f, 982.0f), std::pair(853.0f, 480.0f)}) {
      Screen screen(width, height, scale);
      auto explorer = small_explorer();
      screen.settle(*explorer);
      screen.frame(*explorer, {ChooseOverlay{"holes"}, StepTour{5}});
      screen.settle(*explorer);
      INFO(scale, " ", width);
      REQUIRE(screen.ui.drawn.cards.size() >= 2);
      for (const auto& [name, place] : screen.ui.drawn.cards) {
        const ImGuiWindow* window = ImGui::FindWindowByName(name.c_str());
        REQUIRE(window);
        CAPTURE(name);
        CHECK(window->ClipRect.Min.x <= std::round(place.x * scale));
        CHECK(window->ClipRect.Min.y <= std::round(place.y * scale));
        CHECK(window->ClipRect.Max.x >= std::round(place.right() * scale));
        CHECK(window->ClipRect.Max.y >= std::round(place.bottom() * scale));
      }
    }
}

TEST_CASE("names: long words are abbreviated until the name fits") {
  const auto letters = [](std::string_view words) { return static_cast<float>(words.size()); };
  CHECK(abbreviated("Convolutional VAE", 17, letters) == "Convolutional VAE");
  CHECK(abbreviated("Convolutional VAE", 16, letters) == "Conv. VAE");
  CHECK(abbreviated("Convolutional AE", 3, letters) == "Conv. AE");
  CHECK(abbreviated("Variational Autoencoder", 14, letters) == "Vari. Auto.");
  CHECK(abbreviated("Dense VAE", 2, letters) == "Dense VAE");
  CHECK(abbreviated("fashion-conv-vae-2d.safetensors", 9, letters) == "fashion-conv-vae-2d.safetensors");
  CHECK(abbreviated("", 0, letters).empty());
}

}  // namespace
}  // namespace loom
