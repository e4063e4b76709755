// The tool "Look inside": its strips, its buttons and what it draws.
#include <doctest/doctest.h>

#include "core/text.h"
#include "explorer/model/inside.h"
#include "explorer_screen.h"
#include "inside_models.h"

namespace loom {
namespace {

const Rect* strip_place(const Screen& screen, std::string_view id) {
  for (const auto& [name, place] : screen.ui.drawn.pressables)
    if (name == id) return &place;
  return nullptr;
}

std::unique_ptr<Explorer> explorer_with(const ModelFile& file, Network network = Network::decoder) {
  auto explorer = std::make_unique<Explorer>();
  edit(*explorer, [&](ExplorerState& s) { s.placed = true; });
  open_visitor_file(*explorer, "inside.safetensors", save_model(file, Precision::f32));
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("inside"), s.unit.network = network; });
  return explorer;
}

TEST_CASE("look inside: a press on a unit chooses it and shows its map; its strip follows the ring") {
  for (const auto& [width, height] : {std::pair(1280.0f, 800.0f), std::pair(390.0f, 844.0f)}) {
    Screen screen(width, height);
    auto explorer = explorer_with(file_of("conv"));
    screen.settle(*explorer);
    const Rect* strip = strip_place(screen, "layer 1");
    REQUIRE(strip);
    const Point second{strip->x + 1.5f * (width > 500 ? 16.0f : 22.0f), strip->y + 6};
    screen.click(*explorer, second);
    CHECK(overlays()[explorer->state.overlay].key == "unit");
    CHECK(explorer->state.unit.network == Network::decoder);
    CHECK(explorer->state.unit.layer == 0);
    CHECK(explorer->state.unit.unit != 0);
    screen.settle(*explorer);
    const Legend legend = layer_of(*explorer)->legend(context_of(*explorer, {0, 0, 400, 400}));
    CHECK(legend.unit.find(text("unit ", explorer->state.unit.unit + 1, " in layer 1 of the decoder, Linear")) !=
          std::string::npos);
    CHECK(legend.lines.at(0).starts_with("At the ring: "));
    REQUIRE(legend.buttons.size() == 1);
    CHECK(std::get<ChooseUnit>(legend.buttons[0].action).unit.unit == (explorer->state.unit.unit + 1) % 17);
  }
}

TEST_CASE("look inside: dragging a finger on a strip scrolls the panel and chooses nothing") {
  Screen screen(390, 844);
  auto explorer = explorer_with(file_of("conv"));
  screen.settle(*explorer);
  const Rect tool = layout_of(*explorer, 390, 844).tool;
  const Rect* strip = strip_place(screen, "layer 1");
  REQUIRE(strip);
  const Point at{strip->x + 8, strip->y + 6};
  screen.drag(*explorer, at, at - Point{0, 60});
  CHECK(explorer->state.overlay == 0);
  CHECK(screen.ui.tool_scroll > 30);
  CHECK(tool.height > 150);
}

TEST_CASE("look inside: layers and units from the page's controls") {
  Screen screen(1280, 800);
  auto explorer = explorer_with(file_of("conv"));
  screen.settle(*explorer);
  const auto press = [&](RemotePress what) {
    screen.ui.nodes.press = std::move(what);
    screen.frame(*explorer);
    screen.settle(*explorer);
  };
  press({"layer 7", std::nullopt});  // out of sight or not
  CHECK(explorer->state.unit.layer == 6);
  CHECK(overlays()[explorer->state.overlay].key == "unit");
  press({"unit", 3.0f});
  CHECK(explorer->state.unit.unit == 2);
  const auto node = std::ranges::find(screen.ui.nodes.list, "unit", &AccessibleNode::id);
  REQUIRE(node != screen.ui.nodes.list.end());
  CHECK(node->whole);
  CHECK(node->high == 4);
  const auto chosen = std::ranges::find(screen.ui.nodes.list, "layer 7", &AccessibleNode::id);
  REQUIRE(chosen != screen.ui.nodes.list.end());
  CHECK(chosen->on);
  CHECK(chosen->words == "7 GELU: 4 maps of 6\u00d75");
  const bool explained = std::ranges::any_of(screen.ui.nodes.list, [](const AccessibleNode& n) {
    return n.words.starts_with("4 maps of 6\u00d75 \u00b7 no weights. y \u2248 x");
  });
  CHECK(explained);
  press({"net 1", std::nullopt});
  CHECK(explorer->state.unit == UnitChoice{Network::encoder, 0, 0});
}

TEST_CASE("look inside: the encoder draws z from mu, sigma and epsilon, and the ring moves there") {
  Screen screen(1280, 800);
  for (const Index latent : {1, 2, 5}) {
    auto explorer = explorer_with(file_of("dense", true, latent), Network::encoder);
    edit(*explorer, [&](ExplorerState& s) { s.epsilon = 6, s.z = {0.5f, 0.25f}; });
    screen.settle(*explorer);
    const auto fact = [&](std::string_view name) {
      for (const AccessibleNode& node : screen.ui.nodes.list)
        if (node.kind == AccessibleNode::Kind::fact && node.words.starts_with(name)) return node.value;
      return std::string();
    };
    Posterior posterior;
    Workspace workspace;
    encode(explorer->model->file.model, explorer->decoder.picture().pixels, workspace, posterior);
    const DrawnCode code = drawn_code(posterior, 6);
    CHECK(fact("mean").starts_with(text("z1 ", number_text(code.mu(0, 0), 2))));
    CHECK(fact("log-variance").starts_with(text("z1 ", number_text(code.logvar(0, 0), 2))));
    CHECK(fact("z = ").starts_with(text("z1 ", number_text(code.z(0, 0), 2))));
    screen.ui.nodes.press = RemotePress{"epsilon 1", std::nullopt};
    screen.frame(*explorer);
    screen.frame(*explorer);
    CHECK(explorer->state.z.x == doctest::Approx(code.z(0, 0)));
    if (latent == 5) CHECK((explorer->model->plane.code(explorer->state.z) - code.z.row(0)).norm() < 0.02f);
    screen.ui.nodes.press = RemotePress{"epsilon 0", std::nullopt};
    screen.frame(*explorer);
    CHECK(explorer->state.epsilon == 7);
  }
}

TEST_CASE("look inside: a plain autoencoder says that nothing is drawn") {
  Screen screen(1280, 800);
  auto explorer = explorer_with(file_of("dense", false), Network::encoder);
  screen.settle(*explorer);
  bool said = false;
  for (const AccessibleNode& node : screen.ui.nodes.list)
    said |= node.words.find("nothing is drawn") != std::string::npos;
  CHECK(said);
  CHECK_FALSE(strip_place(screen, "epsilon 0"));
}

}  // namespace
}  // namespace loom
