// The rasteriser against its definition, pixel by pixel: blending, triangles, rectangles, textures.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/rng.h"
#include "raster/blend.h"
#include "raster/triangles.h"

namespace loom {
namespace {

constexpr Color kBlack = rgb(0), kWhite = rgb(0xffffff);

int channel(Color color, int c) { return static_cast<int>(color >> 8 * c & 0xff); }

int largest_difference(const Pixels& a, const Pixels& b) {
  REQUIRE(a.values.size() == b.values.size());
  int most = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i)
    for (int c = 0; c < 4; ++c) most = std::max(most, std::abs(channel(a.values[i], c) - channel(b.values[i], c)));
  return most;
}

// --- what the functions are defined to do, without any haste -------------------------------------------------------

Color blended(Color target, const double (&color)[4]) {
  Color out = kBlack;
  for (int c = 0; c < 3; ++c) {
    const double under = channel(target, c), mixed = under + (color[c] - under) * color[3] / 255;
    out |= static_cast<Color>(std::lround(std::clamp(mixed, 0.0, 255.0))) << 8 * c;
  }
  return out;
}

double sampled(const Pixels& texture, double u, double v, int c) {
  const double x = std::clamp(u * texture.width - 0.5, 0.0, texture.width - 1.0);
  const double y = std::clamp(v * texture.height - 0.5, 0.0, texture.height - 1.0);
  const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
  const int x1 = std::min(x0 + 1, texture.width - 1), y1 = std::min(y0 + 1, texture.height - 1);
  const auto at = [&](int column, int row) { return channel(texture.row(row)[column], c); };
  const double upper = at(x0, y0) + (at(x1, y0) - at(x0, y0)) * (x - x0);
  const double lower = at(x0, y1) + (at(x1, y1) - at(x0, y1)) * (x - x0);
  return upper + (lower - upper) * (y - y0);
}

// Corners have to lie on quarters of pixels, so that doubles are exact.
void fill_slowly(Pixels& target, const PixelBox& clip, const Pixels* texture, Vertex a, Vertex b, Vertex c) {
  const auto edge = [](const Vertex& from, const Vertex& to, double x, double y) {
    return (double{to.x} - from.x) * (y - from.y) - (double{to.y} - from.y) * (x - from.x);
  };
  const auto inside = [](double value, const Vertex& from, const Vertex& to) {
    return value != 0 ? value > 0 : to.y < from.y || (to.y == from.y && to.x > from.x);
  };
  double area = edge(a, b, c.x, c.y);
  if (area == 0) return;
  if (area < 0) std::swap(b, c), area = -area;
  for (int py = clip.top; py < clip.bottom; ++py)
    for (int px = clip.left; px < clip.right; ++px) {
      const double x = px + 0.5, y = py + 0.5, wa = edge(b, c, x, y), wb = edge(c, a, x, y), wc = edge(a, b, x, y);
      if (!inside(wa, b, c) || !inside(wb, c, a) || !inside(wc, a, b)) continue;
      const auto mixed = [&](double of_a, double of_b, double of_c) {
        return (wa * of_a + wb * of_b + wc * of_c) / area;
      };
      double color[4];
      for (int k = 0; k < 4; ++k) {
        color[k] = mixed(channel(a.color, k), channel(b.color, k), channel(c.color, k));
        if (texture) color[k] *= sampled(*texture, mixed(a.u, b.u, c.u), mixed(a.v, b.v, c.v), k) / 255;
      }
      Color& pixel = target.row(py)[px];
      pixel = blended(pixel, color);
    }
}

struct Random {
  Rng rng{7, Stream::test};
  int below(int n) { return static_cast<int>(rng.below(static_cast<std::uint64_t>(n))); }
  float quarter(int from, int to) { return static_cast<float>(from * 4 + below((to - from) * 4)) / 4; }
  Color color() { return static_cast<Color>(below(1 << 16)) << 16 | static_cast<Color>(below(1 << 16)); }
  float share() { return static_cast<float>(below(65)) / 64; }
};

Pixels noise(Random& random, int width, int height) {
  Pixels out = blank(width, height, 0);
  for (Color& c : out.values) c = random.color();
  return out;
}
Pixels opaque_noise(Random& random, int width, int height) {
  Pixels out = noise(random, width, height);
  for (Color& c : out.values) c |= kBlack;
  return out;
}

constexpr PixelBox kAll{0, 0, 40, 30}, kPart{5, 3, 31, 28};

}  // namespace

TEST_CASE("blend: every alpha over every shade is the nearest value, for any length of a span") {
  for (int alpha = 0; alpha < 256; ++alpha) {
    Pixels shades = blank(255, 1, kBlack);  // an odd number, so that one is left over
    for (int i = 0; i < 255; ++i) shades.row(0)[i] = rgb(static_cast<std::uint32_t>(i * 0x010101));
    const Color color = static_cast<Color>(alpha) << 24 | 0x3780c4u;
    Pixels colors = blank(255, 1, color), expected = shades, by_colors = shades, covered = shades;
    const double parts[4]{0xc4, 0x80, 0x37, static_cast<double>(alpha)};
    for (Color& c : expected.values) c = blended(c, parts);
    blend_colors(by_colors.row(0), 255, colors.row(0));
    const std::vector<std::uint8_t> coverage(255, static_cast<std::uint8_t>(alpha));
    blend_covered(covered.row(0), 255, color | kBlack, coverage.data());
    blend_color(shades.row(0), 255, color);
    CHECK(shades.values == expected.values);
    CHECK(by_colors.values == expected.values);
    CHECK(covered.values == expected.values);
  }
}

TEST_CASE("multiply: 255 changes nothing, products are the nearest value") {
  for (int a = 0; a < 256; ++a) {
    std::vector<Color> pixels(3, 0xff40c080u);
    multiply_color(pixels.data(), 3, static_cast<Color>(a) * 0x01010101u);
    for (int c = 0; c < 4; ++c)
      for (const Color pixel : pixels) CHECK(channel(pixel, c) == std::lround(channel(0xff40c080u, c) * a / 255.0));
    const std::vector<Color> tints(3, static_cast<Color>(a) * 0x01010101u);
    std::vector<Color> others(3, 0xff40c080u);
    multiply_colors(others.data(), 3, tints.data());
    CHECK(others == pixels);
  }
}

TEST_CASE("triangles: the pixels and colours of the definition, with gradients, textures and both, cut to a part") {
  Random random;
  const Pixels picture = noise(random, 7, 5);
  const Texture texture(picture.values, picture.width, picture.height);
  for (int round = 0; round < 600; ++round) {
    CAPTURE(round);
    const bool flat = round % 2 == 0, textured = round % 3 != 0, uniform = round % 5 == 0;
    const Color first = random.color();
    Vertex corners[3];
    for (Vertex& v : corners) {
      v = {random.quarter(-20, 60), random.quarter(-20, 50), random.share(), random.share(), random.color()};
      if (flat) v.color = first;
      if (uniform) v.u = corners[0].u, v.v = corners[0].v;
    }
    Pixels fast = opaque_noise(random, 40, 30), slow = fast;
    const PixelBox clip = round % 7 == 0 ? kPart : kAll;
    fill_triangle({fast, clip, textured ? &texture : nullptr}, corners[0], corners[1], corners[2]);
    fill_slowly(slow, clip, textured ? &picture : nullptr, corners[0], corners[1], corners[2]);
    // Shares of texels are rounded to 1 / 256, colour and alpha of noise may be off by two each.
    CHECK(largest_difference(fast, slow) <= (textured ? 4 : 1));
  }
}

TEST_CASE("triangles: neighbouring triangles, even slivers, paint every pixel of their union once") {
  Random random;
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    // A fan around a point of a rectangle with whole corners.
    const float x = random.quarter(1, 39), y = random.quarter(1, 29);
    const auto at = [](float px, float py) { return Vertex{px, py, 0, 0, 0x80ffffffu}; };
    const Vertex middle = at(x, y), ring[5]{at(2, 1), at(37, 1), at(37, 28), at(2, 28), at(2, 1)};
    Pixels frame = blank(40, 30, kBlack);
    for (int i = 0; i < 4; ++i) fill_triangle({frame, kAll, nullptr}, ring[i], ring[i + 1], middle);
    if (x <= 2 || x >= 37 || y <= 1 || y >= 28) continue;  // the fan folds
    for (int py = 0; py < 30; ++py)
      for (int px = 0; px < 40; ++px)
        CHECK(channel(frame.row(py)[px], 0) == (px >= 2 && px < 37 && py >= 1 && py < 28 ? 128 : 0));
  }
}

TEST_CASE("rectangles: equal their two triangles, also with mirrored textures") {
  Random random;
  const Pixels picture = noise(random, 9, 6);
  const Texture texture(picture.values, picture.width, picture.height);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    const float x0 = random.quarter(-20, 60), y0 = random.quarter(-20, 50), x1 = random.quarter(-20, 60),
                y1 = random.quarter(-20, 50);
    const float u0 = random.share(), v0 = random.share(), u1 = random.share(), v1 = random.share();
    const Color color = round % 4 == 0 ? kWhite : random.color();
    const Vertex a{x0, y0, u0, v0, color}, b{x1, y0, u1, v0, color}, c{x1, y1, u1, v1, color}, d{x0, y1, u0, v1, color};
    Pixels quad = opaque_noise(random, 40, 30), halves = quad;
    const Texture* used = round % 3 == 0 ? nullptr : &texture;
    fill_quad({quad, kPart, used}, a, b, c, d);
    fill_triangle({halves, kPart, used}, a, b, c);
    fill_triangle({halves, kPart, used}, a, c, d);
    CHECK(largest_difference(quad, halves) <= 3);
  }
}

TEST_CASE("textures: an image drawn at its own size is unchanged, also upside down") {
  Random random;
  const Pixels picture = opaque_noise(random, 31, 17);
  const Texture texture(picture.values, picture.width, picture.height);
  const auto drawn = [&](float top_v, float bottom_v) {
    Pixels frame = blank(40, 30, kBlack);
    const Vertex a{3, 4, 0, top_v, kWhite}, b{34, 4, 1, top_v, kWhite}, c{34, 21, 1, bottom_v, kWhite},
        d{3, 21, 0, bottom_v, kWhite};
    fill_quad({frame, kAll, &texture}, a, b, c, d);
    return frame;
  };
  const Pixels upright = drawn(0, 1), turned = drawn(1, 0);
  for (int y = 0; y < 17; ++y)
    for (int x = 0; x < 31; ++x) {
      CHECK(upright.row(4 + y)[3 + x] == picture.row(y)[x]);
      CHECK(turned.row(4 + y)[3 + x] == picture.row(16 - y)[x]);
    }
  CHECK(upright.row(3)[3] == kBlack);
  CHECK(upright.row(4)[34] == kBlack);
}

TEST_CASE("triangles: corners that are NaN or far away do no harm") {
  Pixels frame = blank(40, 30, kBlack);
  const Brush brush{frame, kAll, nullptr};
  const auto at = [](float x, float y) { return Vertex{x, y, 0, 0, kWhite}; };
  const float nan = std::nanf(""), inf = HUGE_VALF;
  fill_triangle(brush, at(nan, 1), at(20, 2), at(3, 25));
  fill_triangle(brush, at(inf, 1), at(20, 2), at(3, 25));
  fill_quad(brush, at(nan, nan), at(20, nan), at(20, 20), at(nan, 20));
  fill_quad(brush, at(-inf, -inf), at(inf, -inf), at(inf, inf), at(-inf, inf));
  CHECK(frame.values == blank(40, 30, kBlack).values);
  fill_quad(brush, at(-1e20f, -3e9f), at(1e20f, -3e9f), at(1e20f, 20), at(-1e20f, 20));
  CHECK(frame.row(19)[39] == kWhite);
  CHECK(frame.row(20)[39] == kBlack);
  fill_triangle(brush, at(-3e6f, -3e6f), at(3e6f, -3e6f), at(0, 3e6f));
  CHECK(frame.values == blank(40, 30, kWhite).values);
}

}  // namespace loom
