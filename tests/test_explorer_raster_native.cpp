// The off-screen image of the explorer, compared with a reference image that was checked by eye.
#include <doctest/doctest.h>

#include <stb/stb_image.h>

#include <cmath>
#include <cstdlib>

#include "core/files/file.h"
#include "explorer/link/link.h"
#include "explorer/platform/render.h"
#include "explorer_models.h"
#include "plot/png.h"
#include "source_path.h"

namespace loom {
namespace {

void no_files(Explorer&) {}

TEST_CASE("render: the same view gives the reference image") {
  const std::string golden = source_path("tests/golden/explorer.png");
  auto explorer = small_explorer();
  const std::string model = explorer->state.model;
  set_state(*explorer, read_link("overlay=holes&tool=path&a=-1.5,0.5&b=1.5,-0.5&z=0.5,0.75&theme=light"));
  edit(*explorer, [&](ExplorerState& s) { s.model = model; });
  const Pixels picture = render(*explorer, {1000, 640, 1}, no_files);
  auto again = small_explorer();
  set_state(*again, explorer->state);
  CHECK(render(*again, {1000, 640, 1}, no_files).values == picture.values);
  if (std::getenv("LOOM_UPDATE_GOLDEN"))
    write_file_atomic(golden, encode_png(picture.values, picture.width, picture.height));
  int width = 0, height = 0, channels = 0;
  const std::vector<std::byte> bytes = read_file(golden, 1 << 22);
  stbi_uc* kept = stbi_load_from_memory(reinterpret_cast<const stbi_uc*>(bytes.data()), static_cast<int>(bytes.size()),
                                        &width, &height, &channels, 3);
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
