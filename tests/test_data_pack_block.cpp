// Unpacked blocks of a data pack and pixels. Runs in wasm too.
#include <doctest/doctest.h>

#include <cmath>

#include "contains.h"
#include "message_of.h"
#include "pack_files.h"

namespace loom {
namespace {

using PixelBytes = std::vector<std::uint8_t>;

std::span<const std::byte> stored_bytes(const PixelBytes& bytes) { return std::as_bytes(std::span(bytes)); }

// A pack of one block with these unpacked bytes, whose hash fits.
PackHeader pack_of(ImageShape shape, int levels, const PixelBytes& unpacked, Index images) {
  PackHeader pack = test::small_pack_header(levels);
  pack.shape = shape;
  pack.images = images;
  pack.blocks = {{0, 1, images, "", sha256_hex(stored_bytes(unpacked))}};
  return pack;
}

PixelBytes pixels_of(const PackHeader& pack, const PixelBytes& unpacked) {
  PixelBytes out(static_cast<std::size_t>(pack.images * pack.shape.size()));
  read_stored_images(pack, 0, stored_bytes(unpacked), "a.pack", out);
  return out;
}

}  // namespace

TEST_CASE("pack block: levels are rounded as documented, and rounding twice changes nothing") {
  for (int levels = 2; levels <= 256; ++levels) {
    for (int p = 0; p < 256; ++p) {
      const int level = stored_level(static_cast<std::uint8_t>(p), levels);
      REQUIRE(level == static_cast<int>(std::floor(p * (levels - 1) / 255.0 + 0.5)));
      const int grey = shown_grey(static_cast<std::uint8_t>(level), levels);
      REQUIRE(grey == static_cast<int>(std::floor(level * 255.0 / (levels - 1) + 0.5)));
      REQUIRE(stored_level(static_cast<std::uint8_t>(grey), levels) == level);
      if (levels == 256) REQUIRE(grey == p);
    }
    REQUIRE(shown_grey(static_cast<std::uint8_t>(levels - 1), levels) == 255);
  }
  CHECK(shown_grey(7, 16) == 119);
  CHECK(stored_level(128, 16) == 8);
}

TEST_CASE("pack block: one byte per pixel above 16 levels, one byte for two rows up to 16") {
  const ImageShape shape{1, 3, 2};
  const PixelBytes pixels{0, 17, 34, 51, 68, 85, 255, 238, 221, 204, 187, 170};  // two images
  CHECK(stored_images(pixels, shape, 256) == pixels);
  CHECK(stored_images(pixels, shape, 16) == PixelBytes{0x20, 0x31, 0x04, 0x05, 0xdf, 0xce, 0x0b, 0x0a});
  CHECK(stored_images(pixels, shape, 17)[1] == 1);
  CHECK(stored_image_bytes(shape, 16) == 4);
  CHECK(stored_image_bytes(shape, 17) == 6);
  for (const int levels : {2, 15, 16, 17, 255, 256}) {
    const PixelBytes stored = stored_images(pixels, shape, levels);
    const PixelBytes shown = pixels_of(pack_of(shape, levels, stored, 2), stored);
    for (std::size_t i = 0; i < pixels.size(); ++i)
      CHECK(shown[i] == shown_grey(stored_level(pixels[i], levels), levels));
  }
}

TEST_CASE("pack block: what does not fit the header is refused") {
  const ImageShape shape{1, 3, 2};
  const auto message = [&](const PackHeader& pack, const PixelBytes& unpacked) {
    return message_of([&] { pixels_of(pack, unpacked); });
  };
  const PixelBytes good(6, 1);
  CHECK(message(pack_of(shape, 20, good, 1), good) == "no error");
  CHECK(contains(message(pack_of(shape, 20, good, 1), PixelBytes(5, 1)),
                 "a.pack: block 0: unpacks to 5 bytes, expected 6"));
  CHECK(contains(message(pack_of(shape, 20, good, 1), PixelBytes(7, 1)), "unpacks to 7 bytes"));
  CHECK(contains(message(pack_of(shape, 20, good, 1), PixelBytes(6, 2)), "SHA-256 of the unpacked bytes"));
  const PixelBytes high{0, 0, 0, 20, 0, 0};
  CHECK(contains(message(pack_of(shape, 20, high, 1), high), "pixel 3 has level 20, expected 0 to 19"));
  const PixelBytes lower{0xa0, 0, 0, 0}, upper{0, 0x0a, 0, 0}, below{0, 0, 0x10, 0};
  CHECK(contains(message(pack_of(shape, 10, lower, 1), lower), "pixel 2 has level 10, expected 0 to 9"));
  CHECK(contains(message(pack_of(shape, 10, upper, 1), upper), "pixel 1 has level 10"));
  CHECK(contains(message(pack_of(shape, 10, below, 1), below), "no row below"));
  PixelBytes small(5);
  const PackHeader pack = pack_of(shape, 20, good, 1);
  CHECK(
      contains(message_of([&] { read_stored_images(pack, 0, stored_bytes(good), "a", small); }), "room for 5 pixels"));
}

TEST_CASE("pack block: labels") {
  PackHeader pack = test::small_pack_header();
  const auto message = [&](const PixelBytes& labels, bool hash_fits = true) {
    if (hash_fits) pack.labels->sha256 = sha256_hex(stored_bytes(labels));
    return message_of([&] {
      const PixelBytes read = read_stored_labels(pack, stored_bytes(labels), "a.pack");
      CHECK(read == labels);
    });
  };
  CHECK(message({0, 1, 0, 1, 1}) == "no error");
  CHECK(contains(message({0, 1, 0, 1, 2}), "a.pack: labels: label 4 is 2, expected 0 to 1"));
  CHECK(contains(message({0, 1, 0, 1}), "unpacks to 4 bytes, expected 5"));
  CHECK(contains(message({0, 0, 0, 0, 0}, false), "SHA-256"));
  pack.class_names.clear();
  CHECK(message({0, 1, 0, 255, 2}) == "no error");
  pack.labels.reset();
  CHECK(contains(message_of([&] { read_stored_labels(pack, {}, "a.pack"); }), "labels: found none"));
}

TEST_CASE("pack block: the pixels as a whole") {
  PackHeader pack = test::small_pack_header();
  const PixelBytes pixels(30, 9);
  CHECK(contains(message_of([&] { check_pack_pixels(pack, pixels, "a.pack"); }), "a.pack: SHA-256 of the pixels"));
  pack.pixels_sha256 = sha256_hex(stored_bytes(pixels));
  CHECK_NOTHROW(check_pack_pixels(pack, pixels, "a.pack"));
}

}  // namespace loom
