// The off-screen picture of the explorer: single triangles against what they must cover, and a whole view against one
// that was looked at and kept.
#include <doctest/doctest.h>

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wshadow"
#endif
#include <stb/stb_image.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

#include <cmath>
#include <cstdlib>

#include "core/file.h"
#include "explorer/link/link.h"
#include "explorer/platform/raster.h"
#include "explorer/platform/render.h"
#include "explorer_models.h"
#include "plot/png.h"
#include "source_path.h"

namespace loom {
namespace {

// A context whose lists can be filled by hand.
struct Lists {
  Lists() {
    ImGui::CreateContext();
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    ImGui::GetIO().Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
    ImGui::GetIO().DisplaySize = {32, 32};
    ImGui::NewFrame();
  }
  ~Lists() { ImGui::DestroyContext(); }
  Lists(const Lists&) = delete;
  Pixels draw(const Raster& raster) {
    ImGui::Render();
    return raster.draw(*ImGui::GetDrawData(), 0xff000000u);
  }
};

TEST_CASE("Raster: a rectangle covers its pixels once, also along the diagonal of its triangles") {
  Lists lists;
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->Flags = 0;  // no anti-aliased fringe
  list->PrimReserve(6, 4);
  list->PrimRectUV({4, 8}, {20, 24}, {0, 0}, {0, 0}, 0x80ffffffu);
  list->CmdBuffer.back().TextureId = {};
  const Pixels frame = lists.draw(Raster());
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x) {
      const bool inside = x >= 4 && x < 20 && y >= 8 && y < 24;
      CAPTURE(x);
      CAPTURE(y);
      CHECK((frame.values[static_cast<std::size_t>(y * 32 + x)] & 0xff) == (inside ? 128u : 0u));
    }
}

TEST_CASE("Raster: textures are interpolated between the middles of their texels, scissors cut") {
  Lists lists;
  Raster raster;
  const ImTextureID texture = raster.upload({}, std::vector<std::uint32_t>{0xff000000u, 0xff0000ffu}, 2, 1);
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->PushClipRect({0, 0}, {32, 10});
  list->PushTextureID(texture);
  list->PrimReserve(6, 4);
  list->PrimRectUV({0, 0}, {16, 16}, {0, 0}, {1, 1}, 0xffffffffu);
  const Pixels frame = lists.draw(raster);
  const auto red = [&](int x, int y) { return frame.values[static_cast<std::size_t>(y * 32 + x)] & 0xff; };
  CHECK(red(0, 2) == 0);
  CHECK(red(15, 2) == 255);
  CHECK(std::abs(static_cast<int>(red(7, 2)) - 112) <= 2);  // 2 * 7.5 / 16 - 0.5 of the way between them
  CHECK(red(15, 12) == 0);
}

void no_files(Explorer&) {}

TEST_CASE("render: the same view gives the same picture, as it was looked at") {
  const std::string golden = source_path("tests/golden/explorer.png");
  auto explorer = small_explorer();
  const std::string model = explorer->state.model;
  explorer->state = read_link("overlay=holes&tool=path&a=-1.5,0.5&b=1.5,-0.5&z=0.5,0.75&theme=light");
  explorer->state.model = model;
  const Pixels picture = render(*explorer, {1000, 640, 1}, no_files);
  auto again = small_explorer();
  again->state = explorer->state;
  CHECK(render(*again, {1000, 640, 1}, no_files).values == picture.values);
  if (std::getenv("LOOM_UPDATE_GOLDEN"))
    write_file_atomic(golden, encode_png(picture.values, picture.width, picture.height));
  int width = 0, height = 0, channels = 0;
  stbi_uc* kept = stbi_load(golden.c_str(), &width, &height, &channels, 3);
  REQUIRE(kept);
  REQUIRE(width == picture.width);
  REQUIRE(height == picture.height);
  double sum = 0;
  std::size_t far = 0;
  for (std::size_t i = 0; i < picture.values.size(); ++i) {
    int most = 0;
    for (unsigned c = 0; c < 3; ++c)
      most = std::max(
          most, std::abs(static_cast<int>(picture.values[i] >> 8 * c & 0xff) - static_cast<int>(kept[3 * i + c])));
    sum += most;
    far += most > 48;
  }
  stbi_image_free(kept);
  // Other versions of the font draw letters a little differently; everything else is the same.
  CHECK(sum / static_cast<double>(picture.values.size()) < 2);
  CHECK(static_cast<double>(far) / static_cast<double>(picture.values.size()) < 0.02);
}

}  // namespace
}  // namespace loom
