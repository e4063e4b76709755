// Both maps of a comparison take the same gestures: wheel, drag of the view, double press, two fingers.
#include <doctest/doctest.h>

#include "explorer_screen.h"

namespace loom {
namespace {

std::unique_ptr<Explorer> comparing(SharedCursor cursor) {
  auto explorer = small_explorer();
  open_visitor_file(*explorer, "plain.safetensors", save_model(explorer_file(false), Precision::f32));
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("compare"), s.cursor = cursor; });
  return explorer;
}

Input on_second_map() {
  Input in;
  in.plane = {0, 0, 400, 400}, in.compared_plane = {400, 0, 400, 400};
  in.pointer = {500, 100};
  return in;
}

View second_view(const Explorer& explorer) { return compared_context_of(explorer, {400, 0, 400, 400}).view; }

// Applies one gesture to the second map. Returns the views of both.
std::pair<View, View> after(Explorer& explorer, int gesture) {
  Input in = on_second_map();
  if (gesture == 0) in.over_compared = true, in.wheel = 2;
  if (gesture == 1) in.panning_compared = true, in.moved = {30, -20};
  if (gesture == 2) in.double_press = true;
  if (gesture == 3) in.pinch = {.active = true, .center = {500, 100}, .moved = {5, 5}, .zoom = 1.5f};
  advance(explorer, in);
  return {current_view(explorer.state, explorer.model), second_view(explorer)};
}

TEST_CASE("compare: each gesture on the second map moves its view, and the same place stays under the pointer") {
  for (const SharedCursor cursor : {SharedCursor::image, SharedCursor::latent})
    for (const int gesture : {0, 1, 2, 3}) {
      CAPTURE(gesture);
      CAPTURE(static_cast<int>(cursor));
      auto explorer = comparing(cursor);
      advance(*explorer, on_second_map());
      REQUIRE(explorer->compared.model);
      const View first = current_view(explorer->state, explorer->model), second = second_view(*explorer);
      const Rect area{400, 0, 400, 400};
      const Point under = to_latent(second, area, {500, 100});
      const auto [first_now, second_now] = after(*explorer, gesture);
      CHECK(second_now != second);
      // At the same z both maps show the same; with the same image each has a view of its own.
      CHECK((first_now == first) == (cursor == SharedCursor::image));
      const Point there = to_screen(second_now, area, under);
      const Point wanted = gesture == 1 ? Point{530, 80} : gesture == 3 ? there : Point{500, 100};
      CHECK(length(there - wanted) < 0.1f);
      Input home = on_second_map();
      home.actions = {GoHome{}};
      advance(*explorer, home);
      CHECK(second_view(*explorer) == second);
    }
}

TEST_CASE("compare: a locked view stays on both maps, and another model begins with its own view") {
  auto explorer = comparing(SharedCursor::image);
  advance(*explorer, on_second_map());
  const View second = second_view(*explorer);
  edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::view); });
  for (const int gesture : {0, 1, 2, 3}) CHECK(after(*explorer, gesture).second == second);
  edit(*explorer, [](ExplorerState& s) { s.locked = 0; });
  CHECK(after(*explorer, 0).second != second);
  edit(*explorer, [](ExplorerState& s) { s.tool = 0; });
  advance(*explorer, on_second_map());
  edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("compare"); });
  advance(*explorer, on_second_map());
  CHECK(second_view(*explorer) == second);
}

}  // namespace
}  // namespace loom
