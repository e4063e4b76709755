// Animated GIF, read back with giflib.
#include <doctest/doctest.h>
#include <gif_lib.h>

#include <cstring>
#include <set>

#include "film/gif.h"
#include "message_of.h"

namespace loom {
namespace {

struct Film {
  std::vector<std::vector<Color>> frames;  // as they are seen
  std::vector<int> times;                  // centiseconds
  std::vector<int> sizes;                  // stored pixels
};

struct Reader {
  std::span<const std::byte> bytes;
};
int take(GifFileType* gif, GifByteType* out, int count) {
  auto& reader = *static_cast<Reader*>(gif->UserData);
  const std::size_t n = std::min(static_cast<std::size_t>(count), reader.bytes.size());
  std::memcpy(out, reader.bytes.data(), n);
  reader.bytes = reader.bytes.subspan(n);
  return static_cast<int>(n);
}

Film read(std::span<const std::byte> bytes) {
  Reader reader{bytes};
  GifFileType* gif = DGifOpen(&reader, take, nullptr);
  REQUIRE(gif);
  REQUIRE(DGifSlurp(gif) == GIF_OK);
  Film film;
  std::vector<Color> screen(static_cast<std::size_t>(gif->SWidth) * static_cast<std::size_t>(gif->SHeight), 0);
  for (int i = 0; i < gif->ImageCount; ++i) {
    GraphicsControlBlock control{};
    REQUIRE(DGifSavedExtensionToGCB(gif, i, &control) == GIF_OK);
    const SavedImage& image = gif->SavedImages[i];
    const GifImageDesc& at = image.ImageDesc;
    for (int y = 0; y < at.Height; ++y)
      for (int x = 0; x < at.Width; ++x) {
        const int index = image.RasterBits[y * at.Width + x];
        if (index == control.TransparentColor) continue;
        const GifColorType c = at.ColorMap->Colors[index];
        screen[static_cast<std::size_t>((y + at.Top) * gif->SWidth + x + at.Left)] =
            rgb(static_cast<std::uint32_t>(c.Red << 16 | c.Green << 8 | c.Blue));
      }
    film.frames.push_back(screen);
    film.times.push_back(control.DelayTime);
    film.sizes.push_back(at.Width * at.Height);
  }
  DGifCloseFile(gif, nullptr);
  return film;
}

TEST_CASE("gif: few colours come back as they were, and only what has changed is stored") {
  std::vector<Color> first(12 * 7, rgb(0xf6f6f4));
  for (std::size_t i = 0; i < 40; ++i) first[i] = rgb(static_cast<std::uint32_t>(0x010203 * i));
  std::vector<Color> second = first, third = first;
  second[3 * 12 + 5] = rgb(0xff0000);
  second[4 * 12 + 7] = rgb(0x00ff00);
  GifWriter writer(12, 7);
  writer.add(first, 10);
  writer.add(second, 20);
  writer.add(second, 5);  // the same again
  writer.add(third, 30);
  const Film film = read(writer.finish());
  CHECK(film.frames == std::vector<std::vector<Color>>{first, second, third});
  CHECK(film.times == std::vector<int>{10, 25, 30});
  CHECK(film.sizes == std::vector<int>{84, 6, 6});
}

TEST_CASE("gif: it repeats for ever, and equal frames give equal bytes") {
  const auto film = [] {
    GifWriter writer(2, 1);
    writer.add(std::vector<Color>{rgb(0), rgb(0xffffff)}, 4);
    return writer.finish();
  };
  const std::vector<std::byte> bytes = film();
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  CHECK(text.starts_with("GIF89a"));
  CHECK(text.find(std::string_view("NETSCAPE2.0\3\1\0\0", 15)) != text.npos);
  CHECK(film() == bytes);
}

TEST_CASE("gif: of many colours each is at most a little off, and a frequent one is exact") {
  std::vector<Color> pixels;
  for (std::uint32_t i = 0; i < 4096; ++i) pixels.push_back(rgb((i & 15) << 20 | (i >> 4 & 15) << 12 | (i >> 8) << 4));
  for (int i = 0; i < 40000; ++i) pixels.push_back(rgb(0x2f55c8));
  const ReducedColors reduced = reduce_colors(pixels, 255);
  CHECK(reduced.palette.size() == 255);
  CHECK(reduced.palette[reduced.indices.back()] == rgb(0x2f55c8));
  int worst = 0;
  for (std::size_t i = 0; i < pixels.size(); ++i)
    for (int k = 0; k < 24; k += 8)
      worst = std::max(worst, std::abs(static_cast<int>(pixels[i] >> k & 255) -
                                       static_cast<int>(reduced.palette[reduced.indices[i]] >> k & 255)));
  CHECK(worst <= 40);
  std::vector<Color> greys;
  for (std::uint32_t i = 0; i < 256; ++i) greys.push_back(rgb(i * 0x010101));
  const ReducedColors grey = reduce_colors(greys, 255);
  for (std::size_t i = 0; i < 256; ++i)
    CHECK(std::abs(static_cast<int>(greys[i] & 255) - static_cast<int>(grey.palette[grey.indices[i]] & 255)) <= 1);
}

TEST_CASE("gif: what cannot be written is refused") {
  CHECK(message_of([] { GifWriter(0, 5); }) == "a GIF of 0x5 pixels: each side must be 1 to 65535");
  CHECK(message_of([] { GifWriter(5, 70000); }) == "a GIF of 5x70000 pixels: each side must be 1 to 65535");
  CHECK(message_of([] { GifWriter(2, 2).add(std::vector<Color>(3), 1); }) == "a frame of 3 pixels, expected 2x2");
  CHECK(message_of([] { GifWriter(2, 2).finish(); }) == "a film without frames");
}

}  // namespace
}  // namespace loom
