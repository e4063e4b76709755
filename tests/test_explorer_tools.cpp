#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "explorer/model/provenance.h"
#include "explorer/state/tour.h"
#include "explorer_screen.h"
#include "replay_file.h"

namespace loom {
namespace {

// Two models, so that every tool can be used.
std::unique_ptr<Explorer> two_models(Index latent = 2) {
  auto explorer = small_explorer(true, latent);
  open_visitor_file(*explorer, "plain.safetensors", save_model(explorer_file(false, latent), Precision::f32));
  edit(*explorer, [&](ExplorerState& s) { s.tool = 0; });
  return explorer;
}

TEST_CASE("tools: each draws its panel on every screen, comes to rest, and has an explanation") {
  for (const auto& [width, height] : {std::pair(1280.0f, 800.0f), std::pair(360.0f, 640.0f), std::pair(640.0f, 360.0f)})
    for (const Index latent : {2, 5}) {
      Screen screen(width, height);
      auto explorer = two_models(latent);
      explorer->can_choose_files = true;
      const int plain = screen.settle(*explorer);
      for (std::size_t i = 1; i < tools().size(); ++i) {
        const Tool& row = tools()[i];
        CAPTURE(row.key);
        CAPTURE(width);
        CHECK(find_tool(row.key) == i);
        CHECK(row.what.size() > 40);
        CHECK(row.why.size() > 20);
        screen.frame(*explorer, {ChooseTool{std::string(row.key)}});
        const int vertices = screen.settle(*explorer);
        CHECK(vertices != plain);
        CHECK(layout_of(*explorer, width, height).plane.height > 120);
      }
    }
}

TEST_CASE("path: pins are dragged on the plane, the strip follows, z stays") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("path"); });
  edit(*explorer, [&](ExplorerState& s) { s.pins = {Point{-1.5f, 0}, Point{1.5f, 0}}; });
  screen.settle(*explorer);
  const Rect plane = layout_of(*explorer, 1280, 800).plane;
  const auto at = [&](Point z) { return to_screen(explorer->model->home, plane, z); };
  screen.drag(*explorer, at({-1.5f, 0}), at({-1, 1}));
  REQUIRE(explorer->state.pins[0]);
  CHECK(length(*explorer->state.pins[0] - Point{-1, 1}) < 0.05f);
  CHECK(explorer->state.z == Point{});
  for (const PathKind kind : {PathKind::spherical, PathKind::geodesic}) {
    edit(*explorer, [&](ExplorerState& s) { s.path = kind; });
    screen.settle(*explorer);
  }
}

TEST_CASE("image: a drawn stroke becomes the input image") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("image"); });
  screen.settle(*explorer);
  CHECK(explorer->input.current().origin == Origin::ring);
  const Rect tool = layout_of(*explorer, 1280, 800).tool;
  bool drawn = false;  // the paper is at the left, below the words
  for (float y = tool.y + 60; y < tool.y + 160 && !drawn; y += 20) {
    screen.drag(*explorer, {tool.x + 30, y}, {tool.x + 70, y + 20});
    drawn = explorer->visitor_image.pixels.size() > 0;
  }
  REQUIRE(drawn);
  CHECK(explorer->visitor_image.pixels.maxCoeff() > 0.9f);
  CHECK(explorer->visitor_image.pixels.minCoeff() == 0);
  screen.settle(*explorer);
  const InputImage& input = explorer->input.current();
  CHECK(input.origin == Origin::visitor);
  Posterior expected;
  Workspace workspace;
  encode(explorer->model->file.model, explorer->visitor_image.pixels, workspace, expected);
  CHECK(input.mu.x == doctest::Approx(expected.mu(0, 0)));
  CHECK(input.sigma.y == doctest::Approx(std::exp(expected.logvar(0, 1) / 2)));
}

TEST_CASE("input: an encoded test image keeps the posterior in the file and, with an IDX file, its original") {
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.image = 7; });
  advance(*explorer, {});
  const InputImage& input = explorer->input.current();
  CHECK(input.origin == Origin::encoded);
  CHECK(input.x.size() == 0);
  CHECK(input.mu == explorer->model->mu[7]);
  std::vector<std::byte> idx;
  const auto put = [&](std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) idx.push_back(static_cast<std::byte>(value >> shift & 0xff));
  };
  put(0x803), put(300), put(6), put(5);
  for (int i = 0; i < 300 * 30; ++i) idx.push_back(static_cast<std::byte>(i % 251));
  open_any_file(*explorer, "t10k-images", idx);
  CHECK_FALSE(explorer->message);
  advance(*explorer, {});
  REQUIRE(explorer->input.current().x.size() == 30);
  CHECK(explorer->input.current().x(0, 3) == doctest::Approx(((7 * 30 + 3) % 251) / 255.0f));
  idx.pop_back();
  open_any_file(*explorer, "t10k-images", idx);
  REQUIRE(explorer->message);
  CHECK(explorer->message->text.find("its header promises") != std::string::npos);
}

TEST_CASE("fitted_image: centred with a dark rim, for any size and background") {
  const ImageShape shape{1, 28, 28};
  std::vector<std::uint8_t> page(100 * 60, 255);  // dark on white, off the middle
  for (int y = 10; y < 50; ++y)
    for (int x = 5; x < 25; ++x) page[static_cast<std::size_t>(y * 100 + x)] = 0;
  const Matrix x = fitted_image(page, 100, 60, shape, "page");
  CHECK(x(0, 14 * 28 + 14) == doctest::Approx(1));
  CHECK(x(0, 0) == 0);
  float left = 0, right = 0, top = 0, bottom = 0;
  for (int i = 0; i < 28; ++i)
    for (int j = 0; j < 14; ++j) {
      left += x(0, i * 28 + j), right += x(0, i * 28 + 27 - j);
      top += x(0, j * 28 + i), bottom += x(0, (27 - j) * 28 + i);
    }
  CHECK(left == doctest::Approx(right).epsilon(1e-3));
  CHECK(top == doctest::Approx(bottom).epsilon(1e-3));
  CHECK(x.sum() == doctest::Approx(24.0f * 12.0f).epsilon(0.01));  // 40 x 20 pixels fitted into 24 x 12
  std::vector<std::uint8_t> night(page);
  for (std::uint8_t& v : night) v = static_cast<std::uint8_t>(255 - v);
  CHECK(fitted_image(night, 100, 60, shape, "night") == x);
  CHECK(fitted_image(std::vector<std::uint8_t>(9, 40), 3, 3, shape, "flat").allFinite());
  CHECK_THROWS_WITH_AS(fitted_image(page, 100, 61, shape, "short"),
                       "short: an image of 100x61 pixels, expected 1x1 to 4096x4096", Error);
}

TEST_CASE("border: after choosing a pair, the slider moves along the line where both classes are equally likely") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("border"); });
  edit(*explorer, [&](ExplorerState& s) { s.pair = {1, 2}; });
  screen.settle(*explorer);
  const std::vector<ContourLine>* lines = explorer->derived.fields.border(*explorer->model, 1, 2);
  REQUIRE(lines);
  REQUIRE_FALSE(lines->empty());
  std::vector<double> shares(3);
  const Point middle = point_along(lines->front(), 0.5);
  explorer->model->posterior.density(middle, shares);
  CHECK(shares[1] == doctest::Approx(shares[2]).epsilon(0.15));
}

TEST_CASE("sample: the same number gives the same images, Bernoulli samples are black or white") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("sample"); });
  for (const SampleSource source : {SampleSource::prior, SampleSource::aggregate, SampleSource::one_class}) {
    edit(*explorer, [&](ExplorerState& s) { s.source = source; });
    for (const bool dots : {false, true}) {
      edit(*explorer, [&](ExplorerState& s) { s.bernoulli = dots; });
      CHECK(screen.settle(*explorer) > 0);
    }
  }
}

TEST_CASE("compare: the same image in both models, or the same z; a press on either plane moves both") {
  Screen screen(1280, 800);
  auto explorer = two_models();
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("compare"); });
  screen.settle(*explorer);
  REQUIRE(explorer->compared.model);
  CHECK(explorer->compared.by_image);
  const Layout places = layout_of(*explorer, 1280, 800);
  CHECK(places.compared_plane.width > 300);
  const auto& other = *explorer->compared.model;
  const Point target = other.mu[20];
  screen.click(*explorer, to_screen(other.home, places.compared_plane, target));
  CHECK(explorer->compared.image >= 0);
  CHECK(length(other.mu[static_cast<std::size_t>(explorer->compared.image)] - target) < 0.2f);
  CHECK(length(explorer->model->mu[static_cast<std::size_t>(explorer->compared.image)] - explorer->state.z) < 0.2f);
  edit(*explorer, [&](ExplorerState& s) { s.cursor = SharedCursor::latent; });
  screen.settle(*explorer);
  CHECK(explorer->compared.z == explorer->state.z);
}

TEST_CASE("compare: both show the chosen test image until the ring leaves it") {
  Screen screen(1280, 800);
  auto explorer = two_models();
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("compare"), s.image = 20, s.z = {0.5f, 0.5f}; });
  screen.settle(*explorer);
  REQUIRE(explorer->compared.model);
  CHECK(explorer->compared.image == 20);
  CHECK(explorer->state.z == explorer->model->mu[20]);
  CHECK(explorer->compared.z == explorer->compared.model->mu[20]);
  SUBCASE("moved away") {
    const Rect plane = layout_of(*explorer, 1280, 800).plane;
    screen.click(*explorer, to_screen(current_view(explorer->state, explorer->model), plane, {-1.5f, 0.4f}));
    CHECK(explorer->state.image == -1);
    CHECK(length(explorer->state.z - Point{-1.5f, 0.4f}) < 0.05f);
    CHECK(explorer->compared.image != 20);
  }
  SUBCASE("another one") {
    edit(*explorer, [&](ExplorerState& s) { s.image = 7; });
    screen.settle(*explorer);
    CHECK(explorer->state.z == explorer->model->mu[7]);
    CHECK(explorer->compared.image == 7);
  }
  SUBCASE("locked z stays, and the other plane's press does not move it") {
    edit(*explorer, [&](ExplorerState& s) { s.locked = bit(Lock::z); });
    const Point z = explorer->state.z;
    edit(*explorer, [&](ExplorerState& s) { s.image = 7; });
    screen.settle(*explorer);
    const Layout places = layout_of(*explorer, 1280, 800);
    screen.click(*explorer, to_screen(explorer->compared.model->home, places.compared_plane, {0, 0}));
    CHECK(explorer->state.z == z);
    CHECK(explorer->compared.image == 7);
  }
}

TEST_CASE("replay: is read and played; an error names the tensor") {
  const std::vector<std::byte> bytes = replay_file(6, 40, 2);
  const Replay replay = read_replay(bytes, "a.replay.safetensors", 2);
  CHECK(replay.frames() == 6);
  CHECK(replay.mu[5].rows() == 40);
  CHECK(replay.epochs[0] == 0);
  CHECK_THROWS_WITH_AS(read_replay(bytes, "a.replay.safetensors", 3),
                       "a.replay.safetensors: aux.replay.mu is (6, 40, 2), expected (6, 40, 3)", Error);
  CHECK_THROWS_AS(read_replay(save_model(explorer_file(), Precision::f32), "b", 2), Error);

  auto explorer = small_explorer();
  explorer->catalogue[0].replay = "a.replay.safetensors";
  edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("replay"); });
  Screen screen(1280, 800);
  screen.settle(*explorer);
  CHECK(take_requests(*explorer) == std::vector{Request{Request::Kind::replay, 0}});
  receive_replay(*explorer, 0, bytes);
  CHECK_FALSE(explorer->message);
  const int first = screen.settle(*explorer);
  edit(*explorer, [&](ExplorerState& s) { s.frame = 0; });
  CHECK(screen.settle(*explorer) > 0);
  CHECK(first > 0);
}

TEST_CASE("replay: a plain autoencoder has no KL") {
  for (const bool variational : {false, true}) {
    auto explorer = small_explorer(variational);
    explorer->catalogue[0].replay = "a.replay.safetensors";
    edit(*explorer, [&](ExplorerState& s) { s.tool = find_tool("replay"); });
    Screen screen(1280, 800);
    screen.settle(*explorer);
    receive_replay(*explorer, 0, replay_file(6, 40, 2));
    screen.settle(*explorer);
    const auto& lines = screen.ui.nodes.list;
    CHECK(std::ranges::any_of(lines,
                              [](const AccessibleNode& l) { return l.words.find("reconstruction") != l.words.npos; }));
    CHECK(std::ranges::any_of(lines, [](const AccessibleNode& l) { return l.words.find("KL") != l.words.npos; }) ==
          variational);
  }
}

TEST_CASE("provenance: texts first, then objects as rows; any content is accepted") {
  const std::vector<ProvenanceRow> rows = provenance_rows(
      {{"metrics", R"({"mse":0.0243426732,"images":10000,"tiny":1e-7,"first_images":{"log_p":-250.26}})"},
       {"broken", "{\"a\":"},
       {"hash", std::string(64, 'a')},
       {"long", std::string(119, 'x') + "\u03bc\u03bc"},
       {"a_recipe", "mine"}});
  const auto value_of = [&](std::string_view name) {
    for (const ProvenanceRow& row : rows)
      if (row.name == name) return row.value;
    return std::string("missing");
  };
  CHECK(rows.front().name == "a recipe");
  CHECK(value_of("broken") == "{\"a\":");
  CHECK(value_of("hash") == "aaaaaaaaaaaa\u2026");
  CHECK(value_of("long") == std::string(119, 'x') + "\u2026");  // not in the middle of a letter
  CHECK(value_of("mse") == "0.0243");
  CHECK(value_of("images") == "10000");
  CHECK(value_of("tiny") == "1e-07");
  CHECK(value_of("log p") == "\u2212250.26");
  CHECK(std::ranges::count_if(rows, [](const ProvenanceRow& row) { return row.heading; }) == 2);
}

TEST_CASE("plane: axes and principal directions of a space with more dimensions, sliders for the others") {
  auto explorer = small_explorer(true, 5);
  edit(*explorer, [&](ExplorerState& s) { s.z = {0.25f, -0.5f}; });
  edit(*explorer, [&](ExplorerState& s) { s.plane = {.principal = false, .axes = {1, 4}, .others = {0.5f, 0, -1}}; });
  advance(*explorer, {});
  const Slice& plane = explorer->model->plane;
  const RowVector code = plane.code(explorer->state.z);
  CHECK(code[0] == 0.5f);
  CHECK(code[1] == 0.25f);
  CHECK(code[2] == -1);
  CHECK(code[4] == -0.5f);
  CHECK(explorer->model->mu[3] == Point{explorer->model->file.test.mu(3, 1), explorer->model->file.test.mu(3, 4)});
  edit(*explorer, [&](ExplorerState& s) { s.plane = {.principal = true, .axes = {0, 1}, .others = {}}; });
  advance(*explorer, {});
  double widest = 0;
  for (Index k = 0; k < 5; ++k) widest = std::max(widest, static_cast<double>(explorer->model->plane.share(k)));
  CHECK(explorer->model->plane.share(0) == doctest::Approx(widest));
  const RowVector there = explorer->model->plane.code({0.7f, 0.1f});
  CHECK(length(explorer->model->plane.project(there) - Point{0.7f, 0.1f}) < 1e-4f);
  edit(*explorer, [&](ExplorerState& s) { s.plane.axes = {200, 200}; });  // from a link
  advance(*explorer, {});
  CHECK(explorer->state.plane.axes[0] != explorer->state.plane.axes[1]);
  CHECK(explorer->state.plane.axes[0] < 5);
}

TEST_CASE("tour: every step sets its view and can be ended") {
  Screen screen(360, 640);
  auto explorer = two_models();
  screen.settle(*explorer);
  for (std::size_t step = 1; step <= tour().size(); ++step) {
    screen.frame(*explorer, {StepTour{1}});
    CHECK(explorer->state.tour == step);
    // A newcomer meets the tools that show the network itself, and training.
    if (step == 8) CHECK(tools()[explorer->state.tool].key == "inside");
    if (step == tour().size()) CHECK(tools()[explorer->state.tool].key == "train");
    CHECK(screen.settle(*explorer) > 0);
  }
  screen.frame(*explorer, {StepTour{1}});
  CHECK(explorer->state.tour == 0);
  CHECK(explorer->model->id == "plain");
}

}  // namespace
}  // namespace loom
