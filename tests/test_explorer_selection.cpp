// The tool that selects the test images of a box or a free shape.
#include <doctest/doctest.h>

#include <algorithm>

#include "contains.h"
#include "core/text.h"
#include "explorer/app/originals.h"
#include "explorer/model/images/selection.h"
#include "explorer_screen.h"

namespace loom {
namespace {

TEST_CASE("selection: a box selects the images whose mu lies in it, whichever two corners are given") {
  const LoadedModel model = explorer_model();
  const Point a{-0.5f, 0.25f}, b{1.75f, -0.75f};
  std::vector<std::int64_t> expected;
  for (std::size_t n = 0; n < model.mu.size(); ++n)
    if (model.mu[n].x >= a.x && model.mu[n].x <= b.x && model.mu[n].y >= b.y && model.mu[n].y <= a.y)
      expected.push_back(static_cast<std::int64_t>(n));
  REQUIRE(expected.size() > 10);
  REQUIRE(expected.size() < model.mu.size());
  CHECK(images_in_box(model, {}, a, b) == expected);
  CHECK(images_in_box(model, {}, b, a) == expected);
  CHECK(images_in_box(model, {}, {a.x, b.y}, {b.x, a.y}) == expected);
  const Point one = model.mu[7];
  const std::vector<std::int64_t> at = images_in_box(model, {}, one, one);
  CHECK(std::ranges::count(at, 7) == 1);
}

TEST_CASE("selection: only images of visible classes are selected, and the counts add up") {
  const LoadedModel model = explorer_model();
  const Point low{-9, -9}, high{9, 9};
  CHECK(class_counts(model, images_in_box(model, {}, low, high)) == std::vector<std::size_t>{100, 100, 100});
  ExplorerState state;
  state.isolated = 0b101;
  CHECK(class_counts(model, images_in_box(model, state, low, high)) == std::vector<std::size_t>{100, 0, 100});
}

TEST_CASE("selection: the mean image averages the originals that have arrived") {
  const TestImages images("a.idx", {1, 1, 2}, {0, 255, 100, 51, 200, 0});
  const Matrix all = mean_image(images, {0, 1, 2});
  REQUIRE(all.cols() == 2);
  CHECK(all(0, 0) == doctest::Approx(100.0 / 255));
  CHECK(all(0, 1) == doctest::Approx(102.0 / 255));
  CHECK(mean_image(images, {2})(0, 0) == doctest::Approx(200.0 / 255));
  CHECK(mean_image(images, {}).size() == 0);
}

TEST_CASE("selection: the table has a line per image with its codes, and quotes class names") {
  LoadedModel model = explorer_model();
  model.class_names[1] = "T-shirt, \"top\"";
  const std::string table = codes_csv(model, {4, 9});
  const EncodedSet& test = model.file.test;
  CHECK(table == text("image,label,class,mu1,mu2,logvar1,logvar2\n", "4,1,\"T-shirt, \"\"top\"\"\",", test.mu(4, 0),
                      ',', test.mu(4, 1), ',', test.logvar(4, 0), ',', test.logvar(4, 1), "\n9,0,coat,", test.mu(9, 0),
                      ',', test.mu(9, 1), ',', test.logvar(9, 0), ',', test.logvar(9, 1), '\n'));
  CHECK(contains(codes_csv(explorer_model(false), {0}), "image,label,class,mu1,mu2\n"));
}

TEST_CASE("selection: the tool saves the table of what lies between the pins, and a page of images") {
  Screen screen(1280, 1600);  // high enough for the whole panel
  auto explorer = small_explorer();
  edit(*explorer, [](ExplorerState& s) {
    s.tool = find_tool("select");
    s.pins = {Point{-3, -3}, Point{0, 3}};
  });
  screen.settle(*explorer);
  take_requests(*explorer);
  const auto press = [&](const char* id) {
    for (const auto& [name, place] : screen.ui.drawn.pressables)
      if (name == id) return screen.click(*explorer, place.center());
    FAIL("no button ", id);
  };
  const std::vector<std::int64_t> inside = images_in_box(*explorer->model, explorer->state, {-3, -3}, {0, 3});
  REQUIRE(inside.size() > 24);
  press("save selection 0");
  const std::vector<Request> table = take_requests(*explorer);
  REQUIRE(table.size() == 1);
  CHECK(table[0].kind == Request::Kind::save);
  CHECK(table[0].file.name == "selection.csv");
  CHECK(table[0].file.text == codes_csv(*explorer->model, inside));
  press("save selection 1");
  const std::vector<Request> sheet = take_requests(*explorer);
  REQUIRE(sheet.size() == 1);
  CHECK(sheet[0].file.width == 6 * 5);
  CHECK(sheet[0].file.height == 4 * 6);
  CHECK(sheet[0].file.grey.size() == 30 * 24);
  CHECK(*std::ranges::max_element(sheet[0].file.grey) > 0);
}

TEST_CASE("selection: a free shape, even one that crosses itself") {
  const std::vector<Point> triangle{{0, 0}, {4, 0}, {0, 4}};
  CHECK(is_in_shape(triangle, {1, 1}));
  CHECK_FALSE(is_in_shape(triangle, {3, 3}));
  CHECK_FALSE(is_in_shape(triangle, {-1, 1}));
  const std::vector<Point> bow{{0, 0}, {2, 2}, {2, 0}, {0, 2}};  // two triangles that touch at (1, 1)
  CHECK(is_in_shape(bow, {0.2f, 1}));
  CHECK(is_in_shape(bow, {1.8f, 1}));
  CHECK_FALSE(is_in_shape(bow, {1, 1.8f}));
  const LoadedModel model = explorer_model();
  const std::vector<Point> box{{-0.5f, -0.75f}, {1.75f, -0.75f}, {1.75f, 0.25f}, {-0.5f, 0.25f}};
  CHECK(images_in_shape(model, {}, box) == images_in_box(model, {}, box[0], box[2]));
  ExplorerState state;
  state.isolated = 0b10;
  CHECK(images_in_shape(model, state, box) == images_in_box(model, state, box[0], box[2]));
}

TEST_CASE("selection: the pointer draws a shape without moving z; dropping the shape restores the box") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("select"); });
  screen.settle(*explorer);
  const Rect plane = layout_of(*explorer, 1280, 800).plane;
  const Point z = explorer->state.z;
  const auto press = [&](std::string_view id) {
    screen.settle(*explorer);
    screen.ui.nodes.press = RemotePress{std::string(id), std::nullopt};
    screen.frame(*explorer), screen.frame(*explorer);
  };
  const auto draw = [&](std::initializer_list<Point> corners) {  // in latent coordinates
    const View view = current_view(explorer->state, explorer->model);
    const auto at = [&](Point corner) { return to_screen(view, plane, corner); };
    screen.move(*explorer, at(*corners.begin()));
    screen.press(*explorer, true);
    for (const Point corner : corners) screen.move(*explorer, at(corner));
    screen.press(*explorer, false);
    screen.settle(*explorer);
  };
  const auto says = [&](std::string_view words) {
    screen.settle(*explorer);
    return std::ranges::any_of(screen.ui.nodes.list, [&](const AccessibleNode& n) { return contains(n.words, words); });
  };
  press("shape 0");
  CHECK(says("Now draw on the map"));
  draw({{-2.5f, -1}, {-0.8f, -1}, {-0.8f, 1}, {-2.5f, 1}});
  CHECK(explorer->state.z == z);
  const std::vector<Point>& shape = explorer->interaction.shape;
  REQUIRE(shape.size() == 4);
  CHECK(shape[1].x == doctest::Approx(-0.8f).epsilon(0.01));
  const std::size_t inside = images_in_shape(*explorer->model, explorer->state, shape).size();
  CHECK(inside > 50);
  CHECK(says(text(inside, " of 300 test images")));

  screen.click(*explorer, plane.center() + Point{60, 40});  // moves z again
  CHECK_FALSE(explorer->state.z == z);
  CHECK(explorer->interaction.shape.size() == 4);
  press("shape 0");  // another one, of too few corners: there is none
  draw({{0, 0}});
  CHECK(explorer->interaction.shape.empty());
  edit(*explorer, [](ExplorerState& s) { s.pins = {Point{-9, -9}, Point{9, 9}}; });
  CHECK(says("300 of 300 test images"));
  press("shape 0");
  draw({{-2.5f, -1}, {-0.8f, -1}, {-0.8f, 1}, {-2.5f, 1}});
  CHECK(says(text(inside, " of 300 test images")));
  press("shape 1");
  CHECK(says("300 of 300 test images"));

  SUBCASE("not where the pins are locked, nor with another tool") {
    SUBCASE("") {
      edit(*explorer, [](ExplorerState& s) { s.locked = bit(Lock::pins); });
    }
    SUBCASE("") {
      edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("path"); });
    }
    apply(*explorer, WantShape{});
    CHECK_FALSE(explorer->interaction.wants_shape);
  }
}

}  // namespace
}  // namespace loom
