// Access without seeing the canvas or using a pointer: speech, descriptions, keys, contrast.
#include <doctest/doctest.h>

#include <cmath>

#include "contains.h"
#include "core/json/json.h"
#include "explorer/app/access/accessibility_tree.h"
#include "explorer/app/access/speech.h"
#include "explorer/model/readout.h"
#include "explorer_screen.h"

namespace loom {
namespace {

constexpr Rect kPlaneRect{0, 0, 600, 600};

// WCAG 2.2: relative luminance of sRGB, and the ratio of two.
double luminance(Color color) {
  const auto linear = [&](int shift) {
    const double c = static_cast<double>(color >> shift & 0xff) / 255;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(0) + 0.7152 * linear(8) + 0.0722 * linear(16);
}
double contrast(Color a, Color b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST_CASE("palette: text has a contrast of at least 4.5, controls and marks of 3") {
  CHECK(contrast(rgb(0xffffff), rgb(0x000000)) == doctest::Approx(21));
  CHECK(contrast(rgb(0x767676), rgb(0xffffff)) == doctest::Approx(4.54).epsilon(0.002));
  for (const Palette& p : {kLight, kDark}) {
    CAPTURE(p.dark);
    for (const Color back : {p.plane, p.panel, p.raised, p.hover, p.pressed, p.warning}) {
      CHECK(contrast(p.ink, back) >= 4.5);
      if (back != p.warning) CHECK(contrast(p.muted, back) >= 4.5);
    }
    CHECK(contrast(p.on_accent, p.accent) >= 4.5);
    CHECK(contrast(p.on_accent, mixed(p.accent, p.ink, 0.2f)) >= 4.5);  // hovered
    for (const Color back : {p.plane, p.panel, p.raised}) {
      CHECK(contrast(p.accent, back) >= 3);
      CHECK(contrast(p.pencil, p.paper) >= 4.5);
    }
  }
}

TEST_CASE("speech: position, shares of the classes, density in the words of the screen") {
  auto explorer = small_explorer();
  explorer->message.reset();
  edit(*explorer, [&](ExplorerState& s) { s.tool = 0; });
  Input input;
  input.plane = kPlaneRect;
  const auto at = [&](Point z) {
    edit(*explorer, [&](ExplorerState& s) { s.z = z; });
    advance(*explorer, input);
    return spoken_text(*explorer);
  };
  const std::string dense = at({-1.5f, 0});
  CHECK(dense.starts_with("z -1.50, 0.00: about "));
  CHECK(dense.find("% coat") != std::string::npos);
  CHECK(dense.ends_with("× as many images as the prior expects"));
  CHECK(dense.ends_with("; " + density_text(*explorer->model, explorer->decoder.neighbourhood())));
  CHECK(contains(at({0, -2.5f}), "a hole: "));
  CHECK(at({9, 9}) == "z 9.00, 9.00: no test images nearby");
  CHECK(at({-0.001f, 9}).starts_with("z 0.00, 9.00: "));
  explorer->message = Message{"trouble", std::nullopt};
  CHECK(spoken_text(*explorer) == "trouble");
  CHECK(spoken_text(Explorer()).empty());
}

TEST_CASE("Announcer: a choice is announced once, until the position changes") {
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.tool = 0; });
  Input input;
  input.plane = kPlaneRect;
  advance(*explorer, input);
  Announcer announcer;
  const std::string place = announcer.announce(*explorer);
  CHECK(place.starts_with("z "));
  edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay("density"); });
  CHECK(announcer.announce(*explorer) == "Overlay: Density. " + place);
  CHECK(announcer.announce(*explorer) == "Overlay: Density. " + place);
  edit(*explorer, [&](ExplorerState& s) { s.unit = {Network::decoder, 1, 3}; });
  CHECK(announcer.announce(*explorer) == "Overlay: Density. " + place);  // the unit is not seen
  edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay("unit"); });
  CHECK(announcer.announce(*explorer) == "Overlay: A unit of the network. " + place);
  edit(*explorer, [&](ExplorerState& s) { s.unit.unit = 4; });
  CHECK(announcer.announce(*explorer) == "Unit 5 of layer 2. " + place);
  edit(*explorer, [&](ExplorerState& s) { s.isolated = 0b101; });
  CHECK(announcer.announce(*explorer) == "Only coat, bag. " + place);
  edit(*explorer, [&](ExplorerState& s) { s.isolated = 0; });
  CHECK(announcer.announce(*explorer) == "All classes are shown. " + place);
  edit(*explorer, [&](ExplorerState& s) { s.z = {1, 0}; });
  advance(*explorer, input);
  CHECK(announcer.announce(*explorer).starts_with("z 1.00, 0.00: "));
}

TEST_CASE("keys: pan without moving z, centre on z, place the pins") {
  auto explorer = small_explorer();
  Input input;
  input.plane = kPlaneRect;
  const auto press = [&](std::string_view key, Modifiers modifiers = {}) {
    Input now = input;
    append_key_action(key, modifiers, now.actions);
    REQUIRE(now.actions.size() == 1);
    advance(*explorer, now);
  };
  const View home = explorer->model->home;
  press("l");
  REQUIRE(explorer->state.view);
  CHECK(explorer->state.view->center.x > home.center.x);
  CHECK(explorer->state.z == Point{});
  press("j"), press("i");
  CHECK(explorer->state.view->center.x == doctest::Approx(home.center.x));
  CHECK(explorer->state.view->center.y > home.center.y);
  press("k");
  CHECK(explorer->state.view->center.y == doctest::Approx(home.center.y));
  edit(*explorer, [&](ExplorerState& s) { s.z = {1, 0.5f}; });
  press("c");
  CHECK(explorer->state.view->center == Point{1, 0.5f});
  edit(*explorer, [&](ExplorerState& s) { s.tool = 0; });
  press("p");
  CHECK_FALSE(explorer->state.pins[0]);
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("merge"); });
  press("p");
  CHECK(explorer->state.pins[0] == Point{1, 0.5f});
  press("p", {.shift = true});
  CHECK(explorer->state.pins[1] == Point{1, 0.5f});
}

TEST_CASE("accessibility tree: every overlay and tool can be chosen or says why not") {
  auto explorer = small_explorer(false);
  edit(*explorer, [&](ExplorerState& s) { s.tool = 0; });
  const Json lists = parse_json(accessibility_lists(*explorer), "lists");
  const auto at = [&](std::string_view key) -> const Json& {
    for (const auto& [name, value] : *lists.as_object())
      if (name == key) return value;
    FAIL(key);
    return lists;
  };
  CHECK(at("models").as_array()->size() == 1);
  CHECK(at("overlays").as_array()->size() == overlays().size());
  CHECK(at("tools").as_array()->size() == tools().size());
  CHECK(at("classes").as_array()->size() == 3);
  CHECK(at("help").as_array()->size() > 3);
  CHECK(accessibility_lists(*explorer).find("A plain autoencoder has no prior") != std::string::npos);
  AccessibleNodes nodes;
  for (const Overlay& row : overlays()) {
    Actions actions;
    CHECK(dispatch(*explorer, nodes, kPlaneRect, "overlay", row.key, actions));
    REQUIRE(actions.size() == 1);
    CHECK(std::get<ChooseOverlay>(actions[0]).key == row.key);
  }
  for (const Tool& row : tools()) {
    Actions actions;
    CHECK(dispatch(*explorer, nodes, kPlaneRect, "tool", row.key, actions));
    REQUIRE(actions.size() == 1);
    CHECK(std::get<ChooseTool>(actions[0]).key == row.key);
  }
}

TEST_CASE("accessibility tree: invalid requests are ignored") {
  auto explorer = small_explorer();
  AccessibleNodes nodes;
  Actions actions;
  for (const auto& [what, value] :
       {std::pair("model", "nobody"), std::pair("overlay", "holes2"), std::pair("tool", "x"),
        std::pair("theme", "pink"), std::pair("class", "-1"), std::pair("class", "one"), std::pair("slider", "x"),
        std::pair("slider", "x="), std::pair("slider", "x=nan"), std::pair("slider", "x=inf"),
        std::pair("slider", "w9=1"), std::pair("slider", "q=1"), std::pair("legend", "0"),
        std::pair("panel", "nothing"), std::pair("tour", "99"), std::pair("do", "harm"), std::pair("do", "retry"),
        std::pair("", "")}) {
    CAPTURE(what);
    CAPTURE(value);
    CHECK_FALSE(dispatch(*explorer, nodes, kPlaneRect, what, value, actions));
  }
  CHECK(actions.empty());
}

TEST_CASE("accessibility tree: sliders move z and the directions off the plane") {
  auto explorer = small_explorer(true, 4);
  Screen screen(1280, 800);
  screen.settle(*explorer);
  AccessibleNodes nodes;
  Actions actions;
  CHECK(dispatch(*explorer, nodes, kPlaneRect, "slider", "x=0.75", actions));
  CHECK(dispatch(*explorer, nodes, kPlaneRect, "slider", "w3=-0.5", actions));
  screen.frame(*explorer, std::move(actions));
  CHECK(explorer->state.z.x == doctest::Approx(0.75));
  REQUIRE(explorer->state.plane.others.size() == 4);
  CHECK(explorer->state.plane.others[3] == doctest::Approx(-0.5));
  const std::string state = accessibility_state(*explorer, nodes, kPlaneRect);
  CHECK(state.find(R"({"id":"x","name":"z1","value":0.75)") != std::string::npos);
  CHECK(state.find(R"("name":"z4","value":-0.5)") != std::string::npos);
}

TEST_CASE("accessibility tree: locked parts are named, and no request changes them") {
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.tool = 0; });
  edit(*explorer, [&](ExplorerState& s) { s.locked = bit(Lock::z) | bit(Lock::overlay); });
  Screen screen(1280, 800);
  screen.settle(*explorer);
  const Point z = explorer->state.z;
  CHECK(accessibility_state(*explorer, screen.ui.nodes, kPlaneRect).find(R"("locked":["z","overlay"])") !=
        std::string::npos);
  Actions actions;
  CHECK(dispatch(*explorer, screen.ui.nodes, kPlaneRect, "slider", "x=0.75", actions));
  CHECK(dispatch(*explorer, screen.ui.nodes, kPlaneRect, "overlay", "density", actions));
  CHECK(dispatch(*explorer, screen.ui.nodes, kPlaneRect, "theme", "dark", actions));
  screen.frame(*explorer, std::move(actions));
  CHECK(explorer->state.z == z);
  CHECK(explorer->state.overlay == 0);
  CHECK(explorer->state.theme == Theme::dark);
}

TEST_CASE("accessibility tree: describes the open tool's panel, whose controls can be pressed through it") {
  for (const auto& [width, height] : {std::pair(1280.0f, 800.0f), std::pair(360.0f, 640.0f)}) {
    auto explorer = small_explorer(true, 4);
    Screen screen(width, height);
    edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("path"); });
    screen.settle(*explorer);
    const auto press = [&](std::string_view value) {
      Actions actions;
      CHECK(dispatch(*explorer, screen.ui.nodes, kPlaneRect, "panel", value, actions));
      screen.settle(*explorer);
    };
    press("start 0");
    CHECK(explorer->state.pins[0]);
    press("path 1");
    CHECK(explorer->state.path == PathKind::spherical);
    edit(*explorer, [&](ExplorerState& s) { s.z = {0.5f, 0.25f}; });
    press("pin 1");
    CHECK(explorer->state.pins[1] == Point{0.5f, 0.25f});
    press("film 0");
    CHECK(length(explorer->state.z - *explorer->state.pins[0]) < 1e-3f);
    edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("noise"); });
    screen.settle(*explorer);
    press("level=0.5");
    CHECK(explorer->state.noise == doctest::Approx(0.5));
    press("level=7");
    CHECK(explorer->state.noise == doctest::Approx(kLargestNoise));
    edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("plane"); });
    screen.settle(*explorer);
    press("w2=0.4");
    REQUIRE(explorer->state.plane.others.size() == 3);
    CHECK(explorer->state.plane.others[2] == doctest::Approx(0.4));
    bool named = false;
    for (const AccessibleNode& line : screen.ui.nodes.list) named |= line.words == "Next direction to the right";
    CHECK(named);
    edit(*explorer, [&](ExplorerState& s) { s.tool = 0; });
    screen.settle(*explorer);
    CHECK(screen.ui.nodes.list.empty());
  }
}

TEST_CASE("accessibility tree: every control of a tool's panel has a name, except the drawing area") {
  auto explorer = small_explorer(true, 4);
  open_visitor_file(*explorer, "plain.safetensors", save_model(explorer_file(false, 4), Precision::f32));
  Screen screen(1280, 800);
  for (std::size_t i = 1; i < tools().size(); ++i) {
    CAPTURE(tools()[i].key);
    edit(*explorer, [&](ExplorerState& s) { s.tool = i; });
    edit(*explorer, [&](ExplorerState& s) { s.pins = {Point{-1.5f, 0}, Point{1.5f, 0}}; });
    edit(*explorer, [&](ExplorerState& s) { s.source = SampleSource::one_class; });
    screen.settle(*explorer);
    const Rect tool = layout_of(*explorer, 1280, 800).tool;
    for (const auto& [id, place] : screen.ui.drawn.pressables) {
      if (place.x < tool.x || place.y < tool.y || id == "tool why" || id == "tool off" || id == "paper") continue;
      bool named = id.starts_with("pair ");  // half of them: "pair 1 0" is "pair 0 1"
      for (const AccessibleNode& line : screen.ui.nodes.list) named |= line.id == id && !line.words.empty();
      CAPTURE(id);
      CHECK(named);
    }
  }
}

}  // namespace
}  // namespace loom
