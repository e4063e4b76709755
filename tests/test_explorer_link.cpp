#include "explorer/link.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace loom {
namespace {

ExplorerState full_state() {
  ExplorerState state;
  state.model = "fashion-conv-vae-2d";
  state.z = {0.5f, -1.25f};
  state.view = View{{-0.125f, 2}, 0.75f};
  state.isolated = 1u << 5 | 1u << 7 | 1u << 31;
  state.theme = Theme::dark;
  state.class_names = false;
  return state;
}

void check_equal(const ExplorerState& a, const ExplorerState& b) {
  CHECK(a.model == b.model);
  CHECK(a.z == b.z);
  CHECK(a.view == b.view);
  CHECK(a.isolated == b.isolated);
  CHECK(a.theme == b.theme);
  CHECK(a.class_names == b.class_names);
}

TEST_CASE("link: every field, short and readable") {
  const std::string link = write_link(full_state());
  CHECK(link == "m=fashion-conv-vae-2d&z=0.5,-1.25&v=-0.125,2,0.75&c=5,7,31&names=0&theme=dark");
  check_equal(read_link(link), full_state());
  check_equal(read_link("#" + link), full_state());
}

TEST_CASE("link: each field alone comes back") {
  const ExplorerState full = full_state();
  std::vector<ExplorerState> states(6);
  states[0].model = full.model;
  states[1].z = full.z;
  states[2].view = full.view;
  states[3].isolated = full.isolated;
  states[4].theme = Theme::light;
  states[5].class_names = false;
  for (const ExplorerState& state : states) {
    const std::string link = write_link(state);
    CHECK(link.find('&') == std::string::npos);
    CHECK_FALSE(link.empty());
    check_equal(read_link(link), state);
  }
}

TEST_CASE("link: defaults are not written") { CHECK(write_link({}).empty()); }

TEST_CASE("link: what messengers make of it") {
  CHECK(read_link("z=0.5%2C-1.25").z == Point{0.5f, -1.25f});
  CHECK(read_link("z=1,2%").z == Point{});
  CHECK(read_link("z=1,2%2").z == Point{});
}

TEST_CASE("link: hostile and broken values leave the defaults") {
  for (const char* link :
       {"z=nan,0",    "z=inf,1",       "z=1",   "z=1,2,3", "z=,", "z=0x10,1", "z= 1,2",     "z=1,2 ",  "z=1e999,0",
        "v=1,2",      "v=nan,nan,nan", "c=99",  "c=-1",    "c=x", "c=",       "theme=blue", "names=2", "m=",
        "m=<script>", "m=a/../b",      "m=%00", "=",       "&&&", "z",        "Z=1,2"}) {
    CAPTURE(link);
    check_equal(read_link(link), ExplorerState{});
  }
}

TEST_CASE("link: numbers are clamped, long links cut, unknown keys ignored") {
  CHECK(read_link("z=1e30,-1e30").z == Point{1e4f, -1e4f});
  CHECK(read_link("v=0,0,0").view->half > 0);
  CHECK(read_link("v=0,0,-5").view->half > 0);
  CHECK(read_link("future=1&z=1,2&other").z == Point{1, 2});
  const std::string padding(kMaxLinkLength, 'x');
  CHECK(read_link("q=" + padding + "&z=1,2").z == Point{});
  CHECK(read_link("z=1,2&q=" + padding).z == Point{1, 2});
  CHECK(read_link("m=" + std::string(65, 'a')).model.empty());
}

TEST_CASE("link: what was read is written the same") {
  for (const char* link : {"m=a&z=0.00001,-3&v=1,2,3&c=0,1", "theme=light", "z=-0.00001,0"})
    CHECK(write_link(read_link(link)) == link);
}

}  // namespace
}  // namespace loom
