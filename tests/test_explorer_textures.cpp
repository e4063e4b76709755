// Textures on the GPU are released.
#include <doctest/doctest.h>

#include <cmath>

#include "core/rng.h"
#include "core/text.h"
#include "explorer_screen.h"

namespace loom {
namespace {

// Live textures are what the last frame drew, and the cache at most.
void check_bounded(const Screen& screen) {
  CHECK(screen.textures.live() == screen.ui.textures.size());
  CHECK(screen.textures.bytes() == screen.ui.textures.bytes());
  CHECK(screen.ui.textures.bytes() <= screen.ui.textures.drawn_bytes() + Textures::kCacheBytes);
}

TEST_CASE(
    "textures: after 200 random zooms and pans with every overlay only the visible textures and the cache are left") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  Rng rng(4, Stream::sample, 0);
  for (std::size_t overlay = 1; overlay < overlays().size(); ++overlay) {
    CAPTURE(overlays()[overlay].key);
    edit(*explorer, [&](ExplorerState& s) { s.overlay = overlay; });
    for (int i = 0; i < 200; ++i) {
      const auto at = [&] { return static_cast<float>(4 * rng.uniform() - 2); };
      screen.frame(*explorer, {SetView{{{at(), at()}, static_cast<float>(std::exp(3 * rng.uniform() - 2))}}});
      for (int k = 0; k < 3 && screen.more; ++k) screen.frame(*explorer);
      check_bounded(screen);
    }
  }
  // The plane, a decoded image and a legend: far less than the 100 MB that 200 views of tiles had left.
  CHECK(screen.textures.bytes() < 24u << 20);
}

TEST_CASE("textures: switching through many models leaves no textures of the previous ones") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  const std::vector<std::byte> bytes = save_model(explorer_file(), Precision::f32);
  for (int i = 0; i < 12; ++i) open_visitor_file(*explorer, text("m", i, ".safetensors"), bytes);
  edit(*explorer, [&](ExplorerState& s) { s.overlay = find_overlay("tiles"), s.tool = 0; });
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 12; ++i) {
      screen.frame(*explorer, {ChooseModel{text("m", i)}});
      screen.settle(*explorer);
      check_bounded(screen);
    }
}

TEST_CASE("Textures: the least recently used is released first, and visible ones stay") {
  TextureStore store(ImTextureID{});
  Textures textures;
  store.serve(textures);
  const int side = 512;  // 1 MB
  const auto draw = [&](int i) {
    textures.get(text("t", i), 1, [&] { return Pixels{std::vector<std::uint32_t>(side * side), side, side}; });
  };
  for (int i = 0; i < 30; ++i) {
    draw(i);
    draw(0);
    textures.end_frame();
  }
  CHECK(textures.bytes() == Textures::kCacheBytes + 2u * 4 * side * side);
  const int before = store.uploads;
  draw(0), draw(29), draw(28), draw(22);
  CHECK(store.uploads == before);
  draw(12);
  CHECK(store.uploads == before + 1);
  textures.forget_all();
  CHECK(store.live() == 0);
}

}  // namespace
}  // namespace loom
