// Overlays and tools open on something that can be seen and read: the exact posterior in close-up, arrows and ellipses
// that do not cover each other, names beside numbers, a list to pick a model from.
#include <doctest/doctest.h>

#include <algorithm>

#include "contains.h"
#include "explorer/texts/texts.h"
#include "explorer_entries.h"
#include "explorer_screen.h"
#include "narrow_model.h"

namespace loom {
namespace {

const Rect* pressable_place(const Screen& screen, std::string_view id) {
  for (const auto& [name, place] : screen.ui.drawn.pressables)
    if (name == id) return &place;
  return nullptr;
}

std::unique_ptr<Explorer> narrow_explorer() {
  ModelFile file = narrow_file();
  file.test.mu *= 0.1f;  // where the logits are not saturated
  auto explorer = std::make_unique<Explorer>();
  open_visitor_file(*explorer, "narrow.safetensors", save_model(file, Precision::f32));
  return explorer;
}

TEST_CASE("exact posterior: chosen by the visitor, it begins with a test image and zooms to where it is wide enough") {
  Screen screen(390, 844);
  auto explorer = narrow_explorer();
  screen.settle(*explorer);
  screen.frame(*explorer, {ChooseOverlay{"posterior"}});
  CHECK(explorer->state.image >= 0);
  CHECK_FALSE(explorer->state.view);
  screen.settle(*explorer);
  REQUIRE(explorer->state.view);
  CHECK(explorer->state.view->half < 0.5f * explorer->model->home.half);
  // Only once: the whole map stays when the visitor asks for it.
  screen.frame(*explorer, {GoHome{}});
  screen.settle(*explorer);
  CHECK_FALSE(explorer->state.view);
}

TEST_CASE("exact posterior: it does not zoom where the visitor has moved the view, in links, or against a lock") {
  for (const int way : {0, 1, 2}) {
    CAPTURE(way);
    Screen screen(390, 844);
    auto explorer = narrow_explorer();
    screen.settle(*explorer);
    if (way == 0) screen.frame(*explorer, {ChooseOverlay{"posterior"}});
    if (way == 0) screen.frame(*explorer, {ZoomBy{0.9f}});
    if (way == 1) follow_link(*explorer, "m=narrow&overlay=posterior&image=3");
    if (way == 2) edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::view); });
    if (way == 2) screen.frame(*explorer, {ChooseOverlay{"posterior"}});
    screen.frame(*explorer);
    const View before = current_view(explorer->state, explorer->model);
    screen.settle(*explorer);
    CHECK(current_view(explorer->state, explorer->model) == before);
  }
}

TEST_CASE("round trip: arrows that are drawn shorter are counted in the legend") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();  // its encoder and decoder know nothing of each other
  screen.frame(*explorer, {ChooseOverlay{"trip"}});
  screen.settle(*explorer);
  REQUIRE(overlays()[explorer->state.overlay].key == "trip");
  const Rect plane = layout_of(*explorer, 1280, 800).plane;
  const Legend legend = *legend_of(*explorer, plane);
  REQUIRE(legend.lines.size() == 2);
  CHECK(contains(legend.lines[1], "drawn shorter"));
}

TEST_CASE("border: names stand beside the matrix; a phone lists the pairs that overlap most, the first is chosen") {
  for (const bool phone : {false, true}) {
    Screen screen(phone ? 390.0f : 1280.0f, phone ? 1300.0f : 800.0f);
    screen.ui.drawn.keeps_texts = true;
    auto explorer = small_explorer();
    screen.frame(*explorer, {ChooseTool{"border"}});
    screen.settle(*explorer);
    screen.frame(*explorer);
    const auto drawn = [&](std::string_view words) {
      return std::ranges::any_of(screen.ui.drawn.texts, [&](const DrawnText& t) { return contains(t.words, words); });
    };
    for (const char* name : {"coat", "shoe", "bag"}) CHECK(drawn(name));
    std::vector<std::string> pairs;
    for (const auto& [id, r] : screen.ui.drawn.pressables)
      if (id.starts_with("pair ")) pairs.push_back(id);
    CHECK(pairs.size() == (phone ? 3 : 6));
    const Matrix& overlaps = explorer->derived.fields.overlap()->figures.bhattacharyya;
    if (phone) {
      const auto at = [&](const std::string& id) { return overlaps(id[5] - '0', id[7] - '0'); };
      CHECK(at(pairs[0]) >= at(pairs[1]));
      CHECK(at(pairs[1]) >= at(pairs[2]));
      screen.click(*explorer, pressable_place(screen, pairs[2])->center());
      CHECK(text("pair ", explorer->state.pair[0], ' ', explorer->state.pair[1]) == pairs[2]);
    }
  }
}

TEST_CASE(
    "compare: one button opens the list of models, and a choice closes it; what cannot be shared is not offered") {
  Screen screen(1280, 800);
  const std::vector<std::byte> bytes = small_bytes(), others = save_model(explorer_file(true, 2, 200), Precision::f32);
  auto explorer = three_entries(bytes);
  screen.frame(*explorer, {ChooseTool{"compare"}});
  receive(*explorer, 1, bytes);
  screen.settle(*explorer);
  CHECK(pressable_place(screen, "other b") == nullptr);
  CHECK(pressable_place(screen, "cursor 0"));
  const Rect* button = pressable_place(screen, "others");
  REQUIRE(button);
  screen.click(*explorer, button->center());
  CHECK(pressable_place(screen, "other a") == nullptr);  // it is shown already
  CHECK(pressable_place(screen, "other b"));
  const Rect* c = pressable_place(screen, "other c");
  REQUIRE(c);
  screen.click(*explorer, c->center());
  CHECK(explorer->state.other == "c");
  CHECK(pressable_place(screen, "other c") == nullptr);
  auto apart = std::make_unique<Explorer>();  // of another test set
  set_catalogue(*apart, {entry_for("a", bytes), entry_for("b", others)});
  receive(*apart, 0, bytes);
  screen.frame(*apart, {ChooseTool{"compare"}});
  receive(*apart, 1, others);
  screen.settle(*apart);
  screen.frame(*apart);
  CHECK(pressable_place(screen, "cursor 0") == nullptr);
  CHECK(pressable_place(screen, "cursor 1"));
}

}  // namespace
}  // namespace loom
