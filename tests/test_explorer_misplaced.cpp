// Tools that compare with originals: the most misplaced images, and the originals nearest to the pins of a merge.
#include <doctest/doctest.h>

#include "analysis/bound/encoder_gap.h"
#include "contains.h"
#include "explorer/texts/texts.h"
#include "explorer_screen.h"

namespace loom {
namespace {

// A small explorer with originals: each is what the decoder draws at the image's own code, except one, which it draws
// at the edge of the view.
constexpr Index kFar = 123;
std::unique_ptr<Explorer> with_originals() {
  auto explorer = small_explorer();
  const LoadedModel& model = *explorer->model;
  Matrix codes = model.file.test.mu, x;
  codes.row(kFar) << 0.9f * model.home.half, -0.9f * model.home.half;
  Workspace workspace;
  decode(model.file.model, codes, workspace, x);
  std::vector<std::uint8_t> pixels;
  for (Index i = 0; i < x.size(); ++i) pixels.push_back(static_cast<std::uint8_t>(255 * x.data()[i] + 0.5f));
  explorer->visitor_images = TestImages("originals", {1, 6, 5}, std::move(pixels));
  explorer->models[0]->file.test.excess[kFar] = 100;  // it is drawn badly at its own code
  return explorer;
}

TEST_CASE("misplaced images: found on request, the largest gap first, with arrows to where they belong") {
  Screen screen(1280, 900);
  auto explorer = with_originals();
  edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("strange"); });
  const auto says = [&](std::string_view words) {
    screen.settle(*explorer);
    return std::ranges::any_of(screen.ui.nodes.list, [&](const AccessibleNode& n) { return contains(n.words, words); });
  };
  const auto press = [&](std::string_view id) {
    screen.settle(*explorer);
    screen.ui.nodes.press = RemotePress{std::string(id), std::nullopt};
    screen.frame(*explorer), screen.frame(*explorer);
  };
  CHECK(says(texts::kMostMisplaced));
  CHECK_FALSE(says("The arrows lead"));
  const int before = screen.settle(*explorer);
  press("misplaced 0");
  CHECK(says("The arrows lead from their marks"));
  CHECK(screen.settle(*explorer) > before);
  press("misplaced image 0");
  CHECK(explorer->state.image == kFar);
  CHECK(explorer->state.z == explorer->model->mu[kFar]);

  SUBCASE("not without originals, nor beyond two dimensions") {
    SUBCASE("") { explorer->visitor_images = {}; }
    SUBCASE("") {
      explorer = small_explorer(true, 5);
      explorer->visitor_images = TestImages("originals", {1, 6, 5}, std::vector<std::uint8_t>(300 * 30, 9));
      edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("strange"); });
    }
    CHECK_FALSE(says(texts::kMostMisplaced));
  }
}

TEST_CASE("merge: the originals nearest to the pins") {
  Screen screen(1280, 900);
  auto explorer = with_originals();
  const LoadedModel& model = *explorer->model;
  edit(*explorer, [&](ExplorerState& s) {
    s.tool = find_tool("merge");
    s.pins = {model.mu[7], model.mu[20]};
  });
  screen.settle(*explorer);
  screen.ui.nodes.press = RemotePress{"merge nearest 1", std::nullopt};
  screen.frame(*explorer), screen.frame(*explorer);
  CHECK(explorer->state.image == 20);
  CHECK(std::ranges::any_of(screen.ui.nodes.list,
                            [](const AccessibleNode& n) { return n.words == texts::kNearestToPins; }));
  explorer->visitor_images = {};
  screen.settle(*explorer);
  CHECK_FALSE(std::ranges::any_of(screen.ui.nodes.list,
                                  [](const AccessibleNode& n) { return n.words == texts::kNearestToPins; }));
}

}  // namespace
}  // namespace loom
