// Filled polygons: exact coverage wherever edges fall, holes, overlaps; and the shapes of classes.
#include <doctest/doctest.h>

#include <cmath>

#include "raster/marker_shapes.h"

namespace loom {
namespace {

constexpr Color kPathBlack = rgb(0), kPathWhite = rgb(0xffffff);

// Sum of how dark the pixels are, in pixels: the painted area for black on white.
double painted(const Pixels& picture) {
  double sum = 0;
  for (const Color c : picture.values) sum += 1 - (c & 0xff) / 255.0;
  return sum;
}
Pixels filled(const Polygons& polygons) {
  Pixels picture = blank(16, 16, kPathWhite);
  fill_polygons(picture, polygons, kPathBlack);
  return picture;
}

double area_of(const Polygons& polygons) {
  double twice = 0;
  for (const Polygon& p : polygons)
    for (std::size_t i = 0; i < p.size(); ++i) {
      const Position &a = p[i], &b = p[(i + 1) % p.size()];
      twice += a.x * b.y - b.x * a.y;
    }
  return std::fabs(twice) / 2;
}

}  // namespace

TEST_CASE("path: coverage is the exact area inside, wherever the edges lie") {
  const Polygons shapes{
      {{2, 2}, {7, 2}, {7, 5}, {2, 5}},
      {{2.3, 2.6}, {7.85, 2.6}, {7.85, 5.1}, {2.3, 5.1}},
      {{1.2, 1.1}, {13.7, 4.4}, {3.9, 11.8}},
      {{8, 1}, {9, 7}, {14.5, 8}, {9, 9}, {8, 15}, {7, 9}, {1.5, 8}, {7, 7}},
  };
  for (const Polygon& shape : shapes) {
    const Pixels picture = filled({shape});
    CHECK(painted(picture) == doctest::Approx(area_of({shape})).epsilon(0.004));
    CHECK(filled({{shape.rbegin(), shape.rend()}}).values == picture.values);
  }
}

TEST_CASE("path: holes stay empty, overlaps count once, parts outside the image are clipped") {
  CHECK(painted(filled({{{2, 2}, {14, 2}, {14, 14}, {2, 14}}, {{5, 5}, {5, 11}, {11, 11}, {11, 5}}})) ==
        doctest::Approx(144 - 36));
  CHECK(painted(filled({{{2, 2}, {10, 2}, {10, 10}, {2, 10}}, {{6, 6}, {14, 6}, {14, 14}, {6, 14}}})) ==
        doctest::Approx(64 + 64 - 16));
  CHECK(painted(filled({{{-20, -20}, {8, -20}, {8, 40}, {-20, 40}}})) == doctest::Approx(8 * 16));
  CHECK(painted(filled({{{100, 100}, {110, 100}, {110, 110}}})) == 0);
}

TEST_CASE("path: transparent colours are blended, half-covered pixels by half") {
  Pixels picture = blank(3, 1, kPathWhite);
  fill_polygons(picture, {{{0, 0}, {1.5, 0}, {1.5, 1}, {0, 1}}}, with_alpha(kPathBlack, 0.5f));
  CHECK(std::abs(static_cast<int>(picture.values[0] & 0xff) - 127) <= 1);
  CHECK(std::abs(static_cast<int>(picture.values[1] & 0xff) - 191) <= 1);
  CHECK(picture.values[2] == kPathWhite);
}

TEST_CASE("markers: ten shapes inside the unit circle, of about the same area, all different") {
  std::vector<std::vector<std::uint8_t>> masks;
  for (std::size_t shape = 0; shape < kMarkerShapes; ++shape) {
    CAPTURE(shape);
    double area = area_of({marker_polygons(shape).front()});
    if (marker_polygons(shape).size() > 1) area -= area_of({marker_polygons(shape).back()});
    CHECK(area > 1.2);
    CHECK(area < 2.4);
    for (const Position& p : marker_polygons(shape).front()) CHECK(std::hypot(p.x, p.y) < 1.2);
    masks.push_back(marker_coverage(shape, 40, 16, 0));
    double covered = 0;
    for (const std::uint8_t share : masks.back()) covered += share / 255.0;
    CHECK(covered == doctest::Approx(area * 16 * 16).epsilon(0.005));
    for (std::size_t other = 0; other < shape; ++other) {
      double difference = 0;
      for (std::size_t i = 0; i < masks[shape].size(); ++i)
        difference += std::abs(masks[shape][i] - masks[other][i]) / 255.0;
      CHECK(difference > 30);  // pixels, of shapes of some 500; the closest are two hollow ones
    }
  }
  CHECK(&marker_polygons(3) == &marker_polygons(13));
}

TEST_CASE("markers: enlarged shapes keep their corners, and their holes shrink") {
  CHECK(area_of(grown(marker_polygons(1), 0.31)) == doctest::Approx(2 * 2));
  CHECK(area_of(grown(marker_polygons(1), -0.19)) == doctest::Approx(1));
  const Polygons ring = grown(marker_polygons(9), 0.1);
  CHECK(area_of({ring.front()}) > area_of({marker_polygons(9).front()}));
  CHECK(area_of({ring.back()}) < area_of({marker_polygons(9).back()}));
  // Notches move towards the middle of what is around them: a cross whose arms grow is filled in between.
  const Polygon cross = grown(marker_polygons(4), 0.1).front();
  CHECK(cross[0].x == doctest::Approx(-0.41));
  CHECK(cross[0].y == doctest::Approx(-1.02));
  CHECK(cross[2].x == doctest::Approx(0.41));
  CHECK(cross[2].y == doctest::Approx(-0.41));
}

}  // namespace loom
