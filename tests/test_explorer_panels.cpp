#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/text.h"
#include "explorer/draw/colormap.h"
#include "explorer/draw/upscale.h"
#include "explorer/link/link.h"
#include "explorer_screen.h"

namespace loom {
namespace {

TEST_CASE("panels: every arrangement draws every kind of model, sharp and large") {
  for (const auto& [width, height] : {std::pair(1280.0f, 800.0f), std::pair(360.0f, 640.0f), std::pair(640.0f, 360.0f)})
    for (const float scale : {1.0f, 2.5f}) {
      Screen screen(width, height, scale);
      for (const bool variational : {true, false})
        for (const Index latent : {1, 2, 5}) {
          auto explorer = small_explorer(variational, latent);
          screen.frame(*explorer);
          CHECK(screen.frame(*explorer) > 1000);
        }
    }
}

TEST_CASE("panels: shortened text fits, and no letter is cut in two") {
  const Screen screen(400, 300);
  const Painter painter(nullptr, screen.ui.atlas, kLight);
  const auto width = [&](std::string_view words) { return painter.text_width(TextSize::small, words); };
  const auto shortened = [&](std::string_view words, float to) {
    return painter.shortened(TextSize::small, words, to);
  };
  CHECK(shortened("one word", 200) == "one word");
  const std::string long_word(40, 'm');
  CHECK(shortened(long_word, width("mmm\u2026")) == "mmm\u2026");
  CHECK(shortened(long_word, 1) == "\u2026");
  const std::string accents = "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9";
  for (float to = 1; to < width(accents); to += 1) {
    const std::string cut = shortened(accents, to);
    CHECK(cut.size() % 2 == 1);  // pairs of bytes, and the three of the ellipsis
    CHECK((cut == "\u2026" || width(cut) <= to));
  }
}

TEST_CASE("panels: before a model has loaded, with a message, help and the list of models") {
  Screen screen(800, 600, 1);
  Explorer nothing;
  CHECK(screen.frame(nothing) > 0);
  auto explorer = small_explorer();
  screen.frame(*explorer);
  const int plain = screen.frame(*explorer);
  explorer->message = Message{"a.safetensors: the content is damaged", ChooseModel{"small"}};
  screen.frame(*explorer);
  CHECK(screen.frame(*explorer) > plain);
  explorer->message.reset();
  edit(*explorer, [&](ExplorerState& s) { s.help = true; });
  screen.frame(*explorer);
  CHECK(screen.frame(*explorer) > plain);
  edit(*explorer, [&](ExplorerState& s) { s.help = false; });
  screen.ui.popup = Popup::models;
  screen.frame(*explorer);
  CHECK(screen.frame(*explorer) > plain);
}

TEST_CASE("panels: a weight file can be opened from the list of models without scrolling, even in a low window") {
  for (const auto& [width, height] :
       {std::pair(1280.0f, 800.0f), std::pair(880.0f, 480.0f), std::pair(360.0f, 640.0f), std::pair(640.0f, 360.0f)}) {
    CAPTURE(height);
    Screen screen(width, height);
    auto explorer = small_explorer();
    for (int i = 0; i < 14; ++i)
      open_visitor_file(*explorer, text("own", i, ".safetensors"), save_model(explorer_file(), Precision::f32));
    explorer->can_choose_files = true;
    screen.ui.popup = Popup::models;
    screen.settle(*explorer);
    const std::string id = text("row ", explorer->catalogue.size());
    const auto row = std::ranges::find(screen.ui.drawn.pressables, id, [](const auto& p) { return p.first; });
    REQUIRE(row != screen.ui.drawn.pressables.end());
    CHECK(row->second.bottom() <= height);
    CHECK(row->second.y > 40);
    screen.click(*explorer, row->second.center());
    CHECK(take_requests(*explorer) == std::vector{Request{Request::Kind::choose_file}});
    CHECK(screen.ui.popup == Popup::none);
  }
}

TEST_CASE("panels: on a window of 1280 x 720 the list of tools needs no scrolling, and each row is its tool") {
  Screen screen(1280, 720);
  auto explorer = small_explorer();
  screen.ui.popup = Popup::tools;
  screen.settle(*explorer);
  std::vector<Rect> places;
  for (const auto& [id, place] : screen.ui.drawn.pressables) {
    if (!id.starts_with("row ")) continue;
    CHECK(place.bottom() <= 720);
    CHECK(place.right() <= 1280);
    for (const Rect& other : places) CHECK_FALSE(other.contains(place.center()));
    places.push_back(place);
  }
  CHECK(places.size() > 8);
  for (const char* key : {"path", "border", "model"}) {  // in both columns
    screen.ui.popup = Popup::tools;
    screen.settle(*explorer);
    const std::string id = text("row ", find_tool(key));
    const auto row = std::ranges::find(screen.ui.drawn.pressables, id, [](const auto& p) { return p.first; });
    REQUIRE(row != screen.ui.drawn.pressables.end());
    screen.click(*explorer, row->second.center());
    CHECK(tools()[explorer->state.tool].key == key);
  }
}

TEST_CASE("panels: hiding any part draws less") {
  for (const PartRow& row : part_rows()) {
    CAPTURE(row.key);
    Screen screen(1280, 800, 1);
    auto explorer = small_explorer(row.key != "notes");  // one without sigma has something to note
    explorer->can_share = explorer->has_page_controls = true;
    const bool needs_overlay = row.key == "overlay_legend" || row.key == "why";
    if (needs_overlay) edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay("density"); });
    if (row.key == "tool") edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("model"); });
    if (row.key == "tour") edit(*explorer, [&](ExplorerState& s) { s.tour = 1; });
    if (row.key == "places") edit(*explorer, [&](ExplorerState& s) { s.places = {{0.5f, 0.5f}}; });
    if (row.key == "hover_card" || row.key == "controls") continue;  // below, and drawn by the page
    screen.settle(*explorer);
    const int with = screen.frame(*explorer);
    edit(*explorer, [&](ExplorerState& s) { s.hidden = row.parts; });
    screen.settle(*explorer);
    CHECK(screen.frame(*explorer) < with);
  }
  Screen screen(1280, 800, 1);
  auto explorer = small_explorer();
  screen.settle(*explorer);
  const Rect plane = layout(1280, 800).plane;
  screen.move(*explorer, to_screen(explorer->model->home, plane, explorer->model->mu[0]));
  screen.settle(*explorer);  // the card appears after a short rest
  REQUIRE(explorer->interaction.hovered >= 0);
  const int with = screen.frame(*explorer);
  edit(*explorer, [&](ExplorerState& s) { s.hidden = bit(Part::hover_card); });
  CHECK(screen.frame(*explorer) < with);
}

TEST_CASE("panels: pointer, keys and the buttons of tools do not change what is locked") {
  for (const char* lock : {"z,view,overlay,tool,theme,classes,names,help,tour", "all"}) {
    CAPTURE(lock);
    Screen screen(1280, 800, 1);
    auto explorer = small_explorer();
    set_state(*explorer, read_link(text("m=small&z=0.5,-0.25&overlay=density&tool=path&a=1,1&b=0,1&c=1&lock=", lock)));
    screen.settle(*explorer);
    const std::string before = write_link(explorer->state);
    const Layout places = layout_of(*explorer, 1280, 800);
    screen.click(*explorer, places.plane.center());
    screen.drag(*explorer, places.plane.center() - Point{80, 80}, places.plane.center());
    ImGui::GetIO().AddMouseWheelEvent(0, 3);
    screen.frame(*explorer);
    Actions keys;
    for (const char* key :
         {"ArrowLeft", "ArrowUp", "+", "-", "Home", "h", "o", "a", ".", "3", "n", "?", "t", "m", "Escape"})
      append_key_action(key, {}, keys);
    keys.push_back(ChooseTool{"merge"});
    keys.push_back(ChooseOverlay{"holes"});
    keys.push_back(StepTour{1});
    keys.push_back(FlyTo{{1, 1}, 0.5f});
    keys.push_back(FlyTo{{1, 1}});
    screen.frame(*explorer, std::move(keys));
    screen.settle(*explorer);
    CHECK(write_link(explorer->state) == before);
    CHECK_FALSE(explorer->state.help);
  }
}

TEST_CASE("panels: a locked model stays, whatever model is chosen or file is opened") {
  Screen screen(1280, 800, 1);
  auto explorer = small_explorer();
  const std::vector<std::byte> file = save_model(explorer_file(), Precision::f32);
  open_visitor_file(*explorer, "second.safetensors", file);
  screen.settle(*explorer);
  const std::string before = explorer->model->id;
  const std::size_t count = explorer->models.size();
  const std::string other = explorer->catalogue.front().id;
  REQUIRE(other != before);
  edit(*explorer, [&](ExplorerState& s) { s.locked = bit(Lock::model); });
  screen.frame(*explorer, {ChooseModel{other}});
  CHECK(explorer->model->id == before);
  open_any_file(*explorer, "third.safetensors", file);
  CHECK(explorer->models.size() == count);
  CHECK(explorer->message->text.find("third.safetensors") == 0);
  explorer->can_choose_files = true;
  CHECK(takes_files(*explorer));  // pictures
  edit(*explorer, [&](ExplorerState& s) { s.locked |= bit(Lock::image); });
  screen.frame(*explorer, {ChooseFile{}});
  CHECK(take_requests(*explorer).empty());
  edit(*explorer, [&](ExplorerState& s) { s.locked = 0; });
  screen.frame(*explorer, {ChooseModel{other}});
  CHECK(explorer->model->id == other);
}

TEST_CASE("panels: z that a link locks far outside is still clamped to the model's range") {
  Screen screen(1280, 800, 1);
  auto explorer = small_explorer();
  set_state(*explorer, read_link("m=small&z=9000,0&lock=z"));
  screen.settle(*explorer);
  CHECK(explorer->state.z.x < 100);
}

TEST_CASE("panels: a window without size") {
  Screen screen(1, 1, 1);
  auto explorer = small_explorer();
  screen.frame(*explorer);
}

TEST_CASE("panels: a press on the plane places z in the same frame, and the picture follows") {
  Screen screen(1280, 800, 2);
  auto explorer = small_explorer();
  screen.frame(*explorer);
  const Rect plane = layout(1280, 800).plane;
  const Point z{0.5f, -0.75f};
  const Point at = to_screen(explorer->model->home, plane, z);
  const int before = screen.textures.uploads;
  ImGui::GetIO().AddMousePosEvent(at.x * 2, at.y * 2);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  screen.frame(*explorer);
  CHECK(length(explorer->state.z - z) < 1e-2f);  // Dear ImGui rounds the pointer to whole pixels
  CHECK(screen.textures.uploads == before + 1);
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  screen.frame(*explorer);
  screen.frame(*explorer);
  CHECK(screen.textures.uploads == before + 1);
}

TEST_CASE("panels: buttons on the plane zoom and do not move z") {
  Screen screen(1280, 800, 1);
  auto explorer = small_explorer();
  screen.frame(*explorer);
  const Rect plane = layout(1280, 800).plane;
  screen.click(*explorer, {plane.right() - 30, plane.bottom() - 4 * kUnit - 100});
  REQUIRE(explorer->state.view);
  CHECK(explorer->state.view->half < explorer->model->home.half);
  CHECK(explorer->state.z == Point{});
}

TEST_CASE("panels: the legend isolates a class, the theme button switches light and dark") {
  Screen screen(1280, 800, 1);
  auto explorer = small_explorer();
  screen.frame(*explorer);
  const Layout places = layout(1280, 800);
  screen.click(*explorer, {places.legend.x + 40, places.legend.y + 32 + 20});
  CHECK(explorer->state.isolated == 1);
  screen.click(*explorer, {places.header.right() - kTouchTarget - 20, places.header.center().y});
  CHECK(explorer->state.theme == Theme::dark);
  screen.click(*explorer, {places.header.right() - 20, places.header.center().y});
  CHECK(explorer->state.help);
  screen.click(*explorer, {4, 4});
  CHECK_FALSE(explorer->state.help);
  CHECK(explorer->state.z == Point{});
}

TEST_CASE("panels: the plane is captured once it stays the same, and then drawn from the capture") {
  Screen screen(1280, 800, 1);
  screen.ui.layer.capture = [&](ImTextureID texture, int, int, int width, int height) {
    CHECK(width > 0);
    CHECK(height == 800);
    const std::vector<std::uint32_t> pixels(static_cast<std::size_t>(width * height));
    return screen.ui.textures.upload(texture, pixels, width, height);
  };
  auto explorer = small_explorer();
  const auto draw = [&] {  // runs the callbacks as the back end would
    const int vertices = screen.frame(*explorer);
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
      for (const ImDrawCmd& command : list->CmdBuffer)
        if (command.UserCallback) command.UserCallback(list, &command);
    return vertices;
  };
  const int full = draw();
  draw();
  edit(*explorer, [&](ExplorerState& s) { s.z = {1, 1}; });
  CHECK(draw() < full - 4 * 250);
  edit(*explorer, [&](ExplorerState& s) { s.isolated = 1; });
  draw();
  CHECK_FALSE(screen.ui.layer.captured == screen.ui.layer.asked);
  screen.ui.textures.remove(screen.ui.layer.texture);
}

// A damaged weight file can have weights so large that it decodes to infinity or NaN, which no integer can hold.
TEST_CASE("upscaled_alpha and the colour scales: NaN is 0, infinity is clamped") {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN(), kInfinity = std::numeric_limits<float>::infinity();
  CHECK(unit_interval(kNaN) == 0);
  CHECK(unit_interval(kInfinity) == 1);
  CHECK(unit_interval(-kInfinity) == 0);
  CHECK(unit_interval(0.25f) == 0.25f);
  for (const std::uint32_t pixel : upscaled_alpha(std::vector<float>(12, kNaN), {1, 3, 4}, 8))
    CHECK(pixel == 0x00ffffff);
  for (const bool dark : {false, true}) {
    const Palette& colors = palette(dark);
    CHECK(sequential(colors, kNaN) == sequential(colors, 0));
    CHECK(sequential_warm(colors, kNaN) == sequential_warm(colors, 0));
    CHECK(diverging(colors, kNaN) == diverging(colors, 0));
  }
}

TEST_CASE("upscaled_alpha: a constant stays constant, and the middle of a pixel keeps its value") {
  const std::vector<float> flat(12, 0.5f);
  for (const std::uint32_t pixel : upscaled_alpha(flat, {1, 3, 4}, 8)) CHECK(pixel == (128u << 24 | 0xffffff));
  std::vector<float> ramp{0, 0.25f, 0.5f, 0.75f};
  const std::vector<std::uint32_t> out = upscaled_alpha(ramp, {1, 1, 4}, 5);
  CHECK(out.size() == 20 * 5);
  for (std::size_t i = 0; i < 4; ++i)
    CHECK(std::abs(static_cast<int>(out[i * 5 + 2] >> 24) - static_cast<int>(255 * ramp[i] + 0.5f)) <= 1);
}

}  // namespace
}  // namespace loom
