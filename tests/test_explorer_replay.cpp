// The training replay: what is shown beside marks of an earlier epoch is of that epoch, or is said not to be.
#include <doctest/doctest.h>

#include <algorithm>

#include "contains.h"
#include "explorer/app/access/speech.h"
#include "explorer/play/replayed_map.h"
#include "explorer/state/number_text.h"
#include "explorer_screen.h"
#include "replay_file.h"

namespace loom {
namespace {

constexpr Rect kPlane{0, 0, 800, 800};

// The replay of six frames: epochs 0 to 5.
std::unique_ptr<Explorer> replaying(std::string_view overlay, bool variational = true) {
  auto explorer = small_explorer(variational);
  explorer->catalogue[0].replay = "a.replay.safetensors";
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("replay"), s.overlay = find_overlay(overlay); });
  advance(*explorer, {});
  receive_replay(*explorer, 0, replay_file(6, 300, 2));
  return explorer;
}

// Shows a frame until its overlay is there.
void go_to(Explorer& explorer, std::int32_t frame) {
  Input input;
  input.plane = kPlane;
  input.actions = {SetValue{&ExplorerState::frame, frame}};
  advance(explorer, input);
  for (int i = 0; i < 1000 && work(explorer, input, Deadline(100)); ++i) {
  }
}

TEST_CASE("replay: overlays of the marks are computed from the marks of the frame, with their width from the spread") {
  for (const std::string_view overlay : {"density", "holes", "overlap"}) {
    CAPTURE(overlay);
    auto explorer = replaying(overlay);
    go_to(*explorer, -1);
    const float trained = explorer->derived.fields.density()->total[0];
    CHECK(explorer->derived.fields.density()->grid.size() > 0);
    CHECK_FALSE(explorer->replayed.map);
    std::vector<float> peaks;
    for (const std::int32_t frame : {1, 4}) {
      go_to(*explorer, frame);
      REQUIRE(explorer->replayed.map);
      const LoadedModel& map = *explorer->replayed.map;
      const Matrix& mu = replay_of(*explorer)->mu[static_cast<std::size_t>(frame)];
      CHECK(map.mu[7] == Point{mu(7, 0), mu(7, 1)});
      CHECK(map.sigma[7].x == std::max(scott_width(map.mu).x, least_replay_width(*explorer->model)));
      const DensityField* field = explorer->derived.fields.density();
      REQUIRE(field);
      // The field is the density of these marks.
      const Point at =
          field->grid.center(static_cast<std::size_t>(std::ranges::max_element(field->total) - field->total.begin()));
      std::vector<double> by_class(map.posterior.classes());
      CHECK(*std::ranges::max_element(field->total) ==
            doctest::Approx(map.posterior.density(at, by_class)).epsilon(0.05));
      peaks.push_back(*std::ranges::max_element(field->total));
      REQUIRE(layer_of(*explorer));
      const std::optional<Legend> legend = legend_of(*explorer, kPlane);
      REQUIRE(legend);
      CHECK(contains(legend->lines[0], text("300 marks of epoch ", frame)));
      CHECK(legend->brief.starts_with(text("epoch ", frame, ": ")));
    }
    CHECK(peaks[0] > 1.2f * peaks[1]);  // the marks move apart
    go_to(*explorer, 5);
    CHECK_FALSE(explorer->replayed.map);
    CHECK(explorer->derived.fields.density()->total[0] == trained);
    CHECK_FALSE(contains(legend_of(*explorer, kPlane)->brief, "epoch"));
  }
}

TEST_CASE("replay: an overlay that needs the network of the epoch is not shown, and says so") {
  for (const Overlay& row : overlays()) {
    if (row.key.empty() || row.of_marks) continue;
    CAPTURE(row.key);
    auto explorer = replaying(row.key);
    go_to(*explorer, 5);
    CHECK(layer_of(*explorer));
    go_to(*explorer, 2);
    CHECK_FALSE(layer_of(*explorer));
    const std::optional<Legend> legend = legend_of(*explorer, kPlane);
    REQUIRE(legend);
    CHECK(legend->lines ==
          std::vector<std::string>{"Not shown: this is of the trained model; the marks are of epoch 2."});
    CHECK(legend->buttons.empty());
    CHECK_FALSE(legend->color);
    apply(*explorer, ChooseTool{""});
    go_to(*explorer, 2);
    CHECK(layer_of(*explorer));
  }
}

TEST_CASE("replay: an overlay does not stay from the trained model, nor from another epoch under another name") {
  auto explorer = replaying("density");
  go_to(*explorer, 5);
  Input input;
  input.plane = kPlane;
  input.actions = {SetValue{&ExplorerState::frame, 1}};
  advance(*explorer, input);  // nothing is computed yet
  CHECK(layer_context_of(*explorer, kPlane).model.epoch == 1.0f);
  go_to(*explorer, 1);
  input.actions = {SetValue{&ExplorerState::frame, 2}};
  advance(*explorer, input);
  CHECK(layer_context_of(*explorer, kPlane).model.epoch == 1.0f);  // until that of the next one is there
  CHECK(contains(legend_of(*explorer, kPlane)->lines[0], "epoch 1"));
  go_to(*explorer, 2);
  CHECK(contains(legend_of(*explorer, kPlane)->lines[0], "epoch 2"));
}

TEST_CASE("replay: what is near the ring is told from the marks of the frame, also to screen readers") {
  auto explorer = replaying("");
  go_to(*explorer, 5);
  const std::string trained = spoken_place(*explorer);
  CHECK_FALSE(contains(trained, "epoch"));
  go_to(*explorer, 0);
  std::vector<double> by_class;
  const Neighbourhood near = neighbourhood(*explorer->replayed.map, explorer->state.z, by_class);
  CHECK(explorer->decoder.neighbourhood().density == near.density);
  CHECK(near.density > 0);
  CHECK(contains(spoken_place(*explorer), "marks nearby, epoch 0: about "));
  CHECK(contains(spoken_place(*explorer), "The trained model decodes this, not that of epoch 0."));
  const std::uint64_t serial = explorer->decoder.picture().serial;
  go_to(*explorer, 5);
  CHECK(spoken_place(*explorer) == trained);
  CHECK(explorer->decoder.picture().serial == serial);  // it has not been decoded again
}

TEST_CASE("replay: a plain autoencoder and one mark on another are no trouble") {
  auto explorer = replaying("overlap", false);
  for (const std::int32_t frame : {0, 3, 5}) {
    go_to(*explorer, frame);
    CHECK(layer_of(*explorer));
    CHECK_FALSE(spoken_place(*explorer).empty());
  }
  Replay still = *replay_of(*explorer);
  still.mu[0].setZero();
  const LoadedModel map = marks_of_frame(*explorer->model, still, 0, 1);
  std::vector<double> by_class(map.posterior.classes());
  CHECK(std::isfinite(map.posterior.density({0, 0}, by_class)));
  CHECK(map.sigma[0].x == least_replay_width(*explorer->model));
}

TEST_CASE("replay: the decoded image is covered and the words of the panels name the epoch") {
  auto explorer = replaying("tiles");
  Screen screen(1280, 800);
  go_to(*explorer, 5);
  const int usual = screen.settle(*explorer);
  edit(*explorer, [](ExplorerState& s) { s.frame = 2; });
  const int early = screen.settle(*explorer);
  CHECK(usual != early);
  edit(*explorer, [](ExplorerState& s) { s.frame = 5; });
  CHECK(screen.settle(*explorer) == usual);
}

}  // namespace
}  // namespace loom
