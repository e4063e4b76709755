#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

#include "analysis/bound/quadrature.h"
#include "core/text.h"
#include "explorer/state/number_text.h"
#include "explorer_screen.h"
#include "narrow_model.h"

namespace loom {
namespace {

TEST_CASE("overlays: each has a unique key and texts, and draws something until it is complete") {
  for (const auto& [width, height] : {std::pair(1280.0f, 800.0f), std::pair(360.0f, 640.0f)}) {
    Screen screen(width, height);
    auto explorer = small_explorer();
    edit(*explorer, [&](ExplorerState& s) { s.marks = false; });
    const int plain = screen.settle(*explorer);
    for (std::size_t i = 1; i < overlays().size(); ++i) {
      const Overlay& row = overlays()[i];
      CAPTURE(row.key);
      CHECK(find_overlay(row.key) == i);
      CHECK(row.what.size() > 40);
      CHECK(row.why.size() > 40);
      screen.frame(*explorer, {ChooseOverlay{std::string(row.key)}});
      CHECK(explorer->state.overlay == i);
      CHECK(screen.settle(*explorer) > plain);
      const Legend legend = layer_of(*explorer)->legend(context_of(*explorer, {0, 0, 800, 800}));
      CHECK((legend.color || !legend.lines.empty()));
      for (const Legend::Mark& mark : legend.marks) {
        CHECK(mark.at >= 0);
        CHECK(mark.at <= 1.0001f);
        CHECK_FALSE(mark.label.empty());
      }
    }
  }
}

TEST_CASE("overlays: work is done in slices, and nothing is computed twice") {
  auto explorer = small_explorer();
  Input input;
  input.plane = {0, 0, 900, 800};
  advance(*explorer, input);
  for (std::size_t i = 1; i < overlays().size(); ++i) {
    edit(*explorer, [&](ExplorerState& s) { s.overlay = i; });
    advance(*explorer, input);
    int slices = 0;
    while (work(*explorer, input, Deadline(0)) && slices < 100000) ++slices;
    CAPTURE(overlays()[i].key);
    CHECK(slices < 100000);
    // What takes long comes in short steps: 300 codes are one for the density, and the tiles' depend on the window.
    const std::string_view key = overlays()[i].key;
    if (key != "density" && key != "tiles") CHECK_MESSAGE(slices >= 3, "name it here if it computes nothing");
    const std::uint64_t serial = layer_of(*explorer)->serial();
    CHECK_FALSE(work(*explorer, input, Deadline(0)));
    CHECK(layer_of(*explorer)->serial() == serial);
  }
}

TEST_CASE("overlays: a refusal gives its reason, and a link cannot override it") {
  auto plain = small_explorer(false, 2);
  CHECK_FALSE(overlays()[find_overlay("holes")].refusal(*plain->model).empty());
  edit(*plain, [&](ExplorerState& s) { s.overlay = find_overlay("holes"); });
  advance(*plain, {});
  CHECK(plain->state.overlay == 0);
  auto deep = small_explorer(true, 5);
  CHECK_FALSE(overlays()[find_overlay("posterior")].refusal(*deep->model).empty());
  CHECK(overlays()[find_overlay("metric")].refusal(*deep->model).empty());
}

TEST_CASE("overlays: one that the next model cannot have is withdrawn with a sentence, and comes back") {
  auto explorer = small_explorer();
  advance(*explorer, {});
  const std::string variational = explorer->model->id;
  open_visitor_file(*explorer, "plain.safetensors", save_model(explorer_file(false), Precision::f32));
  advance(*explorer, {});
  const std::string plain = explorer->model->id;
  const auto choose = [&](const std::string& id) {
    apply(*explorer, ChooseModel{id});
    advance(*explorer, {});
    REQUIRE(explorer->model->id == id);
  };
  const std::size_t holes = find_overlay("holes"), density = find_overlay("density");
  choose(variational);
  apply(*explorer, ChooseOverlay{"holes"});
  choose(plain);
  CHECK(explorer->state.overlay == 0);
  REQUIRE(explorer->message);
  CHECK(explorer->message->text == "“Holes” is not shown. A plain autoencoder has no prior, so it has no holes.");
  choose(variational);
  CHECK(explorer->state.overlay == holes);
  CHECK_FALSE(explorer->message);
  // What the visitor chooses meanwhile counts; so does choosing none.
  choose(plain);
  apply(*explorer, ChooseOverlay{"density"});
  choose(variational);
  CHECK(explorer->state.overlay == density);
  apply(*explorer, ChooseOverlay{"holes"});
  choose(plain);
  apply(*explorer, ChooseOverlay{""});
  choose(variational);
  CHECK(explorer->state.overlay == 0);
  // A link says the same, and what it names does not come back with another link.
  follow_link(*explorer, "overlay=density");
  advance(*explorer, {});
  choose(plain);
  CHECK(explorer->state.overlay == density);
}

TEST_CASE("overlays: a legend whose colours end below the largest value says so") {
  auto explorer = small_explorer();
  Input input;
  input.plane = {0, 0, 800, 800};
  for (const char* key : {"holes", "density", "metric", "trip"}) {
    CAPTURE(key);
    edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay(key), s.view = View{{0, 0}, 5}; });
    advance(*explorer, input);
    while (work(*explorer, input, Deadline(100))) {
    }
    const OverlayContext context = context_of(*explorer, input.plane);
    const Legend legend = layer_of(*explorer)->legend(context);
    REQUIRE_FALSE(legend.marks.empty());
    CHECK(legend.marks.back().label.starts_with("≥ "));
    const bool ends_low = key == std::string_view("holes") || key == std::string_view("metric");
    CHECK(legend.marks.front().label.starts_with("≤ ") == ends_low);
  }
}

TEST_CASE("magnification: what is not measured is hatched, and no value is given for it") {
  auto explorer = small_explorer();
  Input input;
  input.plane = {0, 0, 800, 800};
  edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay("metric"); });
  const auto legend = [&](Point z, View view) {
    edit(*explorer, [&](ExplorerState& s) { s.z = z, s.view = view; });
    advance(*explorer, input);
    while (work(*explorer, input, Deadline(100))) {
    }
    return layer_of(*explorer)->legend(context_of(*explorer, input.plane));
  };
  const Legend inside = legend({0, 0}, {{0, 0}, 2});
  CHECK(inside.hatched.empty());
  CHECK(inside.lines.size() == 1);
  const Legend beyond = legend({0, 0}, {{0, 0}, 9});
  CHECK(beyond.hatched == "not measured");
  CHECK(beyond.lines.size() == 1);
  const Legend nowhere = legend({8.5f, 0}, {{0, 0}, 9});
  REQUIRE(explorer->state.z.x > 8);  // no grid reaches farther
  CHECK(nowhere.lines.empty());
}

TEST_CASE("holes: the button moves from one hole to the next") {
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay("holes"); });
  Input input;
  input.plane = {0, 0, 800, 800};
  advance(*explorer, input);
  while (work(*explorer, input, Deadline(100))) {
  }
  const HoleFields* fields = explorer->derived.fields.holes();
  REQUIRE(fields);
  REQUIRE_FALSE(fields->holes.empty());
  const auto next = [&] {
    Input press = input;
    press.actions.push_back(layer_of(*explorer)->legend(context_of(*explorer, input.plane)).buttons.at(0).action);
    advance(*explorer, press);
  };
  next();
  CHECK(length(explorer->state.z - fields->holes[0].deepest) < 1e-4f);
  CHECK(explorer->decoder.neighbourhood().hole);
  if (fields->holes.size() > 1) {
    next();
    CHECK(length(explorer->state.z - fields->holes[1].deepest) < 1e-4f);
  }
}

TEST_CASE("exact posterior: the gap is shown, and refinement does not increase it") {
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay("posterior"); });
  Input input;
  input.plane = {0, 0, 800, 800};
  advance(*explorer, input);
  while (work(*explorer, input, Deadline(1000))) {
  }
  const Legend before = layer_of(*explorer)->legend(context_of(*explorer, input.plane));
  CHECK(before.lines.at(0).find("gap to the encoder") != std::string::npos);
  REQUIRE(before.buttons.size() == 1);
  input.actions.push_back(before.buttons[0].action);
  advance(*explorer, input);
  int frames = 0;
  while (work(*explorer, input, Deadline(1000))) ++frames;
  CHECK(frames > 10);
  const Legend after = layer_of(*explorer)->legend(context_of(*explorer, input.plane));
  REQUIRE(after.lines.size() == 2);
  CHECK(after.lines[1].find("\u2212") == std::string::npos);  // not worse than the encoder's
}

const Rect* pressable(const Screen& screen, std::string_view id) {
  for (const auto& [name, place] : screen.ui.drawn.pressables)
    if (name == id) return &place;
  return nullptr;
}

TEST_CASE("legend: one line on a phone, complete on a desktop, and a press toggles it") {
  for (const auto& [width, height, folded] : {std::tuple(1200.0f, 800.0f, false), std::tuple(880.0f, 640.0f, false),
                                              std::tuple(360.0f, 640.0f, true), std::tuple(640.0f, 360.0f, true)}) {
    CAPTURE(width);
    Screen screen(width, height);
    auto explorer = small_explorer();
    screen.frame(*explorer, {ChooseOverlay{"holes"}});
    screen.settle(*explorer);
    CHECK((pressable(screen, "why") == nullptr) == folded);
    const Rect* sign = pressable(screen, "legend fold");
    REQUIRE(sign);
    const Rect plane = layout_of(*explorer, width, height).plane;
    if (folded) CHECK(sign->width * sign->height < 0.2f * plane.width * plane.height);
    screen.click(*explorer, sign->center());
    CHECK((pressable(screen, "why") != nullptr) == folded);
    CHECK((pressable(screen, "legend button 0") != nullptr) == folded);
    sign = pressable(screen, "legend fold");
    REQUIRE(sign);
    screen.click(*explorer, sign->center());
    CHECK((pressable(screen, "why") == nullptr) == folded);
    const Rect* off = pressable(screen, "off");
    REQUIRE(off);
    screen.click(*explorer, off->center());
    CHECK(explorer->state.overlay == 0);
  }
}

TEST_CASE("exact posterior: a posterior narrower than the cells gets a finer grid") {
  const ModelFile file = narrow_file();
  auto explorer = std::make_unique<Explorer>();
  edit(*explorer, [&](ExplorerState& s) { s.placed = true; });
  edit(*explorer, [&](ExplorerState& s) { s.z = {0.31f, -0.22f}; });
  open_visitor_file(*explorer, "narrow.safetensors", save_model(file, Precision::f32));
  edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay("posterior"); });
  Input input;
  input.plane = {0, 0, 800, 800};
  advance(*explorer, input);
  while (work(*explorer, input, Deadline(1000))) {
  }
  // What a grid of fine cells around the ring says.
  const Model& model = explorer->model->file.model;
  Workspace workspace;
  DecoderTable table = empty_table(model, square_grid(explorer->state.z, 1.2f, 160));
  fill_table(table, model, static_cast<Index>(table.order.size()), workspace);
  const GridPosterior fine = grid_posterior(table, explorer->input.current().x);
  REQUIRE(std::max(fine.deviation.x, fine.deviation.y) < 0.28f);  // two cells of the wide grid
  const Legend legend = layer_of(*explorer)->legend(context_of(*explorer, input.plane));
  const std::string expected = text("log p(x) = ", number_text(fine.log_evidence, 1), " nats");
  CHECK_MESSAGE(legend.lines.at(0).find(expected) != std::string::npos, legend.lines.at(0), " wanted ", expected);
  // And the button brings it into view.
  REQUIRE(legend.buttons.size() == 2);
  input.actions.push_back(legend.buttons[1].action);
  advance(*explorer, input);
  REQUIRE(explorer->state.view);
  CHECK(length(explorer->state.view->center - fine.mean) < 0.1f);
}

}  // namespace
}  // namespace loom
