// All fields of a link are kept until its model has loaded.
#include <doctest/doctest.h>

#include "explorer/link/link.h"
#include "explorer_entries.h"

namespace loom {
namespace {

// Every field that depends on the model: view, pins, plane, frame, image, pair, overlay, compared model.
constexpr const char* kFull =
    "m=b&z=9,-8&v=9,-8,0.5&a=8,8&b=-8,7&plane=3,1&image=17&frame=2&pair=1,2&overlay=density&tool=compare&with=c&"
    "cursor=latent&c=1&marks=0";

const std::vector<std::byte>& deep_bytes() {
  static const std::vector<std::byte> bytes = [] {
    ModelFile file = explorer_file(true, 5);
    file.test.mu *= 8;  // so that the home view holds the link's places
    return save_model(file, Precision::f32);
  }();
  return bytes;
}

// What the state says, as the link that was read says it.
void check_state(const Explorer& explorer, const std::string& link) {
  CHECK(write_link(explorer.state) == write_link(read_link(link)));
}

void frame(Explorer& explorer) {
  Input input;
  input.plane = {0, 0, 400, 400};
  advance(explorer, input);
}

TEST_CASE("follow_link: all fields take effect when the model has loaded, and not before") {
  auto explorer = three_entries(deep_bytes());
  frame(*explorer);
  const std::string before = write_link(explorer->state);
  follow_link(*explorer, kFull);
  for (int i = 0; i < 3; ++i) frame(*explorer);
  CHECK(write_link(explorer->state) == before);
  CHECK(write_link(linked_state(*explorer)) == write_link(read_link(kFull)));
  CHECK(explorer->model->id == "a");
  receive(*explorer, 1, deep_bytes());
  CHECK(explorer->model->id == "b");
  check_state(*explorer, kFull);
  frame(*explorer);
  check_state(*explorer, kFull);
  CHECK_FALSE(explorer->pending);
}

TEST_CASE("follow_link: takes effect at once if the model has already loaded") {
  auto explorer = three_entries(deep_bytes());
  receive(*explorer, 1, deep_bytes());
  CHECK(explorer->model->id == "a");
  follow_link(*explorer, kFull);
  frame(*explorer);
  CHECK(explorer->model->id == "b");
  check_state(*explorer, kFull);
}

TEST_CASE("follow_link: the first model that loads keeps the link's fields") {
  Explorer explorer;
  set_state(explorer, read_link(kFull));
  set_catalogue(explorer, {entry_for("a", deep_bytes()), entry_for("b", deep_bytes()), entry_for("c", deep_bytes())});
  frame(explorer);
  receive(explorer, 1, deep_bytes());
  frame(explorer);
  check_state(explorer, kFull);
}

TEST_CASE("follow_link: a download that fails and is retried loses nothing") {
  auto explorer = three_entries(deep_bytes());
  frame(*explorer);
  const std::string before = write_link(explorer->state);
  follow_link(*explorer, kFull);
  CHECK(take_requests(*explorer) == std::vector{Request{Request::Kind::model, 1}});
  SUBCASE("no answer") { receive_failure(*explorer, 1, "the network is down"); }
  SUBCASE("damaged") {
    std::vector<std::byte> bad = deep_bytes();
    bad[bad.size() / 2] ^= std::byte{4};
    receive(*explorer, 1, bad);
  }
  frame(*explorer);
  CHECK(write_link(explorer->state) == before);
  REQUIRE(explorer->message);
  apply(*explorer, Retry{});
  CHECK(take_requests(*explorer) == std::vector{Request{Request::Kind::model, 1}});
  receive(*explorer, 1, deep_bytes());
  frame(*explorer);
  check_state(*explorer, kFull);
}

TEST_CASE("follow_link: a third model is chosen while the second is loading") {
  auto explorer = three_entries(deep_bytes());
  follow_link(*explorer, kFull);
  SUBCASE("by a link: only its fields count") {
    const char* third = "m=c&z=4,4&v=4,4,2&plane=2,4";
    follow_link(*explorer, third);
    receive(*explorer, 1, deep_bytes());
    CHECK(explorer->model->id == "a");
    receive(*explorer, 2, deep_bytes());
    frame(*explorer);
    check_state(*explorer, third);
  }
  SUBCASE("in the list: nothing of the link is left") {
    apply(*explorer, ChooseModel{"c"});
    receive(*explorer, 1, deep_bytes());
    CHECK(explorer->model->id == "a");
    receive(*explorer, 2, deep_bytes());
    frame(*explorer);
    CHECK(explorer->state.model == "c");
    CHECK(explorer->state.overlay == 0);
    CHECK_FALSE(explorer->state.view);
    CHECK_FALSE(explorer->state.pins[0]);
  }
}

TEST_CASE("follow_link: while its model is loading, the host page can still move z") {
  auto explorer = three_entries(deep_bytes());
  follow_link(*explorer, kFull);
  apply_unlocked(*explorer, SetZ{{3, 2}});
  receive(*explorer, 1, deep_bytes());
  CHECK(explorer->state.z == Point{3, 2});
  CHECK(explorer->state.view->half == 0.5f);
}

TEST_CASE("follow_link: fields that do not depend on the model take effect at once") {
  auto explorer = three_entries(small_bytes());
  follow_link(*explorer, "m=b&theme=dark&hide=legend&lock=z");
  CHECK(explorer->state.theme == Theme::dark);
  CHECK(is_hidden(explorer->state, Part::legend));
  CHECK(is_locked(explorer->state, Lock::z));
}

TEST_CASE("set_plane: choosing other directions resets the view, a view in the link stays") {
  auto explorer = three_entries(deep_bytes());
  follow_link(*explorer, "m=a&plane=2,3&v=1,1,2");
  frame(*explorer);
  REQUIRE(explorer->state.view);
  CHECK(explorer->state.view->half == 2);
  apply(*explorer, SetPlane{{.principal = false, .axes = {1, 4}, .others = {}}});
  CHECK_FALSE(explorer->state.view);
}

TEST_CASE("links of spaces with 1024 dimensions: axes and coordinates round-trip, and locks are not cut off") {
  ExplorerState state;
  state.model = "wide";
  state.plane.axes = {1023, 300};
  state.plane.others.assign(1024, 0.12345f);
  state.locked = bit(Lock::model);
  const ExplorerState back = read_link(write_link(state));
  CHECK(back.plane.axes == state.plane.axes);
  CHECK(back.plane.others == state.plane.others);
  CHECK(back.locked == state.locked);
}

}  // namespace
}  // namespace loom
