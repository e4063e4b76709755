// The tool that selects the test images of a box.
#include <doctest/doctest.h>

#include <algorithm>

#include "contains.h"
#include "explorer/app/originals.h"
#include "explorer/model/selection.h"
#include "explorer_screen.h"

namespace loom {
namespace {

TEST_CASE("selection: the images of a box are those whose mu lies in it, whichever corners are given") {
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

TEST_CASE("selection: only classes that are shown count, and the counts add up") {
  const LoadedModel model = explorer_model();
  const Point low{-9, -9}, high{9, 9};
  CHECK(class_counts(model, images_in_box(model, {}, low, high)) == std::vector<std::size_t>{100, 100, 100});
  ExplorerState state;
  state.isolated = 0b101;
  CHECK(class_counts(model, images_in_box(model, state, low, high)) == std::vector<std::size_t>{100, 0, 100});
}

TEST_CASE("selection: the mean image averages the originals that are there") {
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
    for (const auto& [name, place] : screen.ui.pressables)
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

}  // namespace
}  // namespace loom
