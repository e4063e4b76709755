// The first view must show what the explorer shows after it has loaded.
#include "explorer/first/first_view.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "explorer/app/explorer.h"
#include "explorer/draw/palette.h"
#include "explorer/layout/picture_place.h"
#include "explorer/link/link.h"
#include "explorer/panels/ui.h"
#include "explorer_models.h"

namespace loom {
namespace {

std::vector<std::byte> start_of(Index latent_dim = 2) {
  return save_model(explorer_file(true, latent_dim), Precision::f32);
}

DecoderStart opened(Index latent_dim = 2) { return load_decoder(start_of(latent_dim), "small").value(); }

// The explorer with the same link and only the start of the file.
std::unique_ptr<Explorer> waiting_explorer(const std::string& link) {
  auto explorer = std::make_unique<Explorer>();
  set_state(*explorer, read_link(link));
  set_catalogue(*explorer,
                read_catalogue(R"({"models": [{"name": "small", "file": "small.safetensors"}]})", "build.json"));
  receive_start(*explorer, 0, start_of());
  return explorer;
}

const FirstShape& shape_of(const FirstLook& look, FirstKind kind) {
  for (const FirstShape& shape : look.shapes)
    if (shape.kind == kind) return shape;
  FAIL("no such shape");
  return look.shapes.front();
}

TEST_CASE("first view: the same image at the same place as the explorer's, for links, windows and parts") {
  const DecoderStart start = opened();
  for (const std::string link : {"", "#z=0.5,-1", "#z=1,1&hide=all,-plane,-decoded&lock=all,-z", "#hide=all,-decoded",
                                 "#tool=path&z=0,0", "#hide=header", "#theme=dark&hide=reading,legend"})
    for (const auto& [width, height] :
         {std::pair{1200.0f, 800.0f}, {360.0f, 640.0f}, {700.0f, 400.0f}, {320.0f, 240.0f}}) {
      CAPTURE(link);
      CAPTURE(width);
      const std::optional<FirstLook> look = first_look(start, link, {width, height, 1, false});
      REQUIRE(look);
      const auto waiting = waiting_explorer(link);
      const Explorer& explorer = *waiting;
      REQUIRE(explorer.preview);
      CHECK(look->places == layout_of(explorer, width, height));
      CHECK(look->pixels == explorer.preview->picture.pixels);
      CHECK(look->dark == explorer.dark());
    }
}

TEST_CASE("first view: shows nothing if there is no image, or if the explorer would show another one") {
  const FirstWindow window{1200, 800, 1, false};
  CHECK_FALSE(first_look(opened(), "#hide=decoded", window));
  CHECK_FALSE(first_look(opened(), "#tool=compare&z=0,0", window));
  CHECK_FALSE(first_look(opened(), "#plane=1,0&z=0,0", window));
  CHECK_FALSE(first_look(opened(5), "#z=0,0", window));
  DecoderStart without = opened();
  without.first_code.resize(0);
  CHECK_FALSE(first_look(without, "", window));
  CHECK(first_look(without, "#z=0,0", window));
}

TEST_CASE("first view: only the compare tool splits the plane") {
  for (const Tool& tool : tools()) CHECK(tool.splits == (tool.key == "compare"));
}

TEST_CASE("first view: shapes lie on device pixels, in the colours of the theme") {
  const FirstLook look = first_look(opened(), "#z=0,0&theme=dark", {1000, 701, 1.5f, false}).value();
  const Rect decoded = look.places.decoded;
  const FirstShape& picture = shape_of(look, FirstKind::picture);
  CHECK(picture.x == std::round(picture_place(decoded, {1, 6, 5}).x * 1.5f));
  CHECK(look.shapes.front().color == kDark.panel);
  CHECK(look.shapes.front().width == 1500);
  CHECK(static_cast<std::size_t>(look.picture_width * look.picture_height) == look.picture.size());
  for (const std::uint32_t pixel : look.picture) CHECK((pixel & 0xffffffu) == (kDark.pencil & 0xffffffu));
  const FirstShape& outline = shape_of(look, FirstKind::outline);
  CHECK(outline.thickness == 2);
  CHECK(outline.x == std::round(decoded.x * 1.5f) + 1);
}

TEST_CASE("first view: the status text is beside the image") {
  for (const std::string link : {"#z=0,0", "#z=0,0&hide=plane", "#z=0,0&hide=all,-decoded"})
    for (const auto& [width, height] : {std::pair{1200.0f, 800.0f}, {360.0f, 640.0f}}) {
      const FirstLook look = first_look(opened(), link, {width, height, 1, false}).value();
      const Rect &words = look.words, &decoded = look.places.decoded;
      CHECK(words.width > 0);
      const bool apart = words.right() <= decoded.x || words.x >= decoded.right() || words.bottom() <= decoded.y ||
                         words.y >= decoded.bottom();
      CHECK(apart);
    }
}

}  // namespace
}  // namespace loom
