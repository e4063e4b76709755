// The field that finds classes, test images and points.
#include <doctest/doctest.h>

#include "core/text.h"
#include "explorer/app/access/accessibility_tree.h"
#include "explorer/app/access/find.h"
#include "explorer_screen.h"

namespace loom {
namespace {

// "class 2|image 2" for the results of a text.
std::string found(const Explorer& explorer, std::string_view query) {
  constexpr std::string_view kId = "\"id\":\"";
  const std::string json = find_results(explorer, query);
  std::string ids;
  for (std::size_t at = json.find(kId); at != std::string::npos; at = json.find(kId, at + 1)) {
    const std::size_t begin = at + kId.size();
    ids += text(ids.empty() ? "" : "|", json.substr(begin, json.find('"', begin) - begin));
  }
  return ids;
}

void go(Explorer& explorer, std::string_view id) {
  AccessibleNodes nodes;
  Actions actions;
  REQUIRE(dispatch(explorer, nodes, {}, "find", id, actions));
  Input input;
  input.plane = {0, 0, 400, 400};
  input.actions = std::move(actions);
  advance(explorer, input);
}

TEST_CASE("find: classes by parts of their names, images by number, points by coordinates") {
  auto explorer = small_explorer();
  CHECK(found(*explorer, "") == "class 0|class 1|class 2");
  CHECK(found(*explorer, "  Bag ") == "class 2");
  CHECK(found(*explorer, "o") == "class 0|class 1");
  CHECK(found(*explorer, "49") == "image 49");
  CHECK(found(*explorer, "Image 49") == "image 49");
  CHECK(found(*explorer, "test image 49") == "image 49");
  CHECK(found(*explorer, "#299") == "image 299");
  CHECK(found(*explorer, "300").empty());  // there are 300
  CHECK(found(*explorer, "99999999999999999999").empty());
  CHECK(found(*explorer, "-1").empty());
  CHECK(found(*explorer, "0.5, -1.25") == "z 0.5,-1.25");
  CHECK(found(*explorer, "z 0.5 \u22121.25") == "z 0.5,-1.25");
  CHECK(found(*explorer, "1;2") == "z 1,2");
  CHECK(found(*explorer, "1 2 3").empty());
  CHECK(found(*explorer, "nan, 1").empty());
  CHECK(found(*explorer, "1e99, 1").empty());
  CHECK(found(*explorer, "zebra").empty());
  CHECK(found(Explorer{}, "bag").empty());
}

TEST_CASE("find: a result leads there") {
  auto explorer = small_explorer();
  const LoadedModel& model = *explorer->model;
  go(*explorer, "class 2");
  CHECK(explorer->state.isolated == 0b100);
  CHECK(explorer->state.z == model.class_centers[2]);
  go(*explorer, "class 2");  // a second time it stays
  CHECK(explorer->state.isolated == 0b100);
  go(*explorer, "image 49");
  CHECK(explorer->state.image == 49);
  CHECK(explorer->state.z == model.mu[49]);
  const std::uint32_t jumps = explorer->jumps;
  go(*explorer, "z 0.5,-1.25");
  CHECK(explorer->state.z == Point{0.5f, -1.25f});
  CHECK(explorer->jumps == jumps + 1);
  explorer->is_page = true;
  apply(*explorer, Find{true});
  const std::vector<Request> requests = take_requests(*explorer);
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].text == "0.50, -1.25");
  CHECK(found(*explorer, requests[0].text) == "z 0.5,-1.25");
  AccessibleNodes nodes;
  Actions actions;
  for (const char* wrong : {"class 3", "class", "class x", "image 300", "image -1", "z 1", "z 1,nan", "", "4"})
    CHECK_FALSE(dispatch(*explorer, nodes, {}, "find", wrong, actions));
  CHECK(actions.empty());
}

TEST_CASE("find: offers only what the locks let the visitor go to") {
  auto explorer = small_explorer();
  const auto with = [&](const char* locks, const char* query) {
    edit(*explorer, [&](ExplorerState& s) { s.locked = read_locks(locks); });
    return found(*explorer, query);
  };
  CHECK(with("z", "1,2").empty());
  CHECK(with("image", "49").empty());
  CHECK(with("classes", "bag") == "class 2");
  CHECK(with("z", "bag") == "class 2");
  CHECK(with("z,classes", "bag").empty());
  edit(*explorer, [&](ExplorerState& s) { s.locked = read_locks("z,classes,image"); });
  const ExplorerState before = explorer->state;
  for (const char* id : {"class 2", "image 49", "z 1,2"}) go(*explorer, id);
  CHECK(explorer->state == before);
}

TEST_CASE("find: a press on the coordinates opens it with them, in the page") {
  for (const auto& [width, height] : {std::pair(1000.0f, 700.0f), std::pair(390.0f, 844.0f)}) {
    Screen screen(width, height);
    auto explorer = small_explorer();
    screen.settle(*explorer);
    for (const auto& [id, r] : screen.ui.drawn.pressables) CHECK(id != "coordinates");
    explorer->is_page = true;
    screen.settle(*explorer);
    take_requests(*explorer);
    const Pressables pressables = screen.ui.drawn.pressables;
    for (const auto& [id, start] : {std::pair("coordinates", "0.00, 0.00"), std::pair("find", "")}) {
      CAPTURE(id);
      const auto place = std::ranges::find_if(pressables, [&](const auto& one) { return one.first == id; });
      REQUIRE(place != pressables.end());
      CHECK(place->second.height >= 28);
      screen.click(*explorer, place->second.center());
      const std::vector<Request> requests = take_requests(*explorer);
      REQUIRE(requests.size() == 1);
      CHECK(requests[0].kind == Request::Kind::find);
      CHECK(requests[0].text == start);
    }
  }
}

}  // namespace
}  // namespace loom
