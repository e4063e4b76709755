// The map as SVG.
#include <doctest/doctest.h>

#include <algorithm>

#include "contains.h"
#include "core/text.h"
#include "explorer/draw/svg/vector_picture.h"
#include "explorer/platform/render.h"
#include "explorer_models.h"

namespace loom {
namespace {

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// Every element is closed, and in order.
bool is_nested(std::string_view svg) {
  std::vector<std::string_view> open;
  while (true) {
    const std::size_t begin = svg.find('<');
    if (begin == std::string_view::npos) return open.empty();
    const std::size_t end = svg.find('>', begin);
    if (end == std::string_view::npos) return false;
    std::string_view tag = svg.substr(begin + 1, end - begin - 1);
    svg.remove_prefix(end + 1);
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
    } else if (!tag.ends_with('/')) {
      open.push_back(tag.substr(0, tag.find(' ')));
    }
  }
}

TEST_CASE("svg: shapes, texts, marks and images as elements") {
  VectorPicture picture;
  picture.rect({1, 2, 30, 40}, rgb(0x0a141e), 100);
  picture.rect({0, 0, 10, 10}, with_alpha(rgb(0xff8000), 0.5f), 0, 2);
  picture.ellipse({5, 6}, 3, 4, rgb(0), 1.25f, true);
  picture.path(std::vector<Point>{{0, 0}, {1.005f, -2.5f}}, rgb(0xffffff), 3);
  picture.image(reinterpret_cast<ImTextureID>(std::uintptr_t{7}), {0, 0, 2, 2}, 0x80ffffff);
  for (const float x : {1.0f, 2.0f}) picture.mark(3, {x, 4}, 2, rgb(0x00ff00));
  picture.mark(3, {9, 9}, 5, rgb(0x00ff00));
  picture.clip({1, 2, 3, 4});
  picture.text({10, 20}, 15, rgb(0), "a < b & c");
  picture.end_clip();
  const std::string svg = picture.document(320, 200, rgb(0xffffff));
  CHECK(is_nested(svg));
  CHECK(svg.starts_with(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"320\" height=\"200\" viewBox=\"0 0 320 200\""));
  for (const char* part :
       {"<rect x=\"1\" y=\"2\" width=\"30\" height=\"40\" rx=\"15\" fill=\"#0a141e\"/>",
        "<rect x=\"1\" y=\"1\" width=\"8\" height=\"8\" fill=\"none\" stroke=\"#ff8000\" stroke-opacity=\"0.5\" "
        "stroke-width=\"2\"/>",
        "rx=\"3\" ry=\"4\" stroke-dasharray=\"5 4\" fill=\"none\" stroke=\"#000000\" stroke-width=\"1.25\"/>",
        "opacity=\"0.5\" href=\"texture:7\"/>", "<use href=\"#mark-0\" x=\"2\" y=\"4\" fill=\"#00ff00\"/>",
        "<use href=\"#mark-1\" x=\"9\" y=\"9\"", "viewBox=\"1 2 3 4 \"", ">a &lt; b &amp; c</text>"}) {
    CAPTURE(part);
    CHECK(contains(svg, part));
  }
  CHECK(count(svg, "<path id=") == 2);  // one symbol for each shape and size
}

TEST_CASE("svg: the map of a model, with every mark, class name and number; afterwards pixels are drawn as before") {
  auto explorer = small_explorer();
  edit(*explorer, [](ExplorerState& s) {
    s.hidden = read_parts(kAllButMap);
    s.overlay = find_overlay("density");
    s.theme = Theme::light;
  });
  Stage stage({640, 480, 1}, [](Explorer& e) { take_requests(e); });
  const Pixels before = stage.settle(*explorer);
  const VectorFrame frame = stage.vectors(*explorer);
  CHECK(is_nested(frame.svg));
  CHECK(count(frame.svg, "<use ") == 300);
  for (const char* name : {">coat<", ">shoe<", ">bag<", ">0<", ">90 %<"}) {
    CAPTURE(name);
    CHECK(contains(frame.svg, name));
  }
  REQUIRE(count(frame.svg, "texture:") == 1);  // of the overlay
  REQUIRE(frame.images.size() == 1);
  CHECK(contains(frame.svg, text("\"texture:", frame.images[0].first, '"')));
  CHECK(frame.images[0].second.values.size() > 100);
  CHECK(stage.settle(*explorer).values == before.values);
}

}  // namespace
}  // namespace loom
