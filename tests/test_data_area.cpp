#include "data/images/area_average.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace loom {

TEST_CASE("area average: weights add up to 1, and consecutive pixels leave no gap") {
  for (const Index from : {1, 2, 7, 28, 33})
    for (const Index to : {1, 3, 7, 28, 64}) {
      const std::vector<AreaCover> covers = area_covers(from, to);
      REQUIRE(static_cast<Index>(covers.size()) == to);
      std::vector<double> used(static_cast<std::size_t>(from));
      for (const AreaCover& cover : covers) {
        CHECK(std::accumulate(cover.shares.begin(), cover.shares.end(), 0.0) == doctest::Approx(1));
        for (std::size_t k = 0; k < cover.shares.size(); ++k)
          used.at(static_cast<std::size_t>(cover.first) + k) += cover.shares[k];
      }
      for (const double share : used)
        CHECK(share == doctest::Approx(static_cast<double>(to) / static_cast<double>(from)));
    }
}

TEST_CASE("area average: an interval of an axis, also beyond its ends") {
  const AreaCover inside = area_cover(1.25, 3.5, 10);
  CHECK(inside.first == 1);
  REQUIRE(inside.shares.size() == 3);
  CHECK(inside.shares[0] == doctest::Approx(0.75 / 2.25));
  CHECK(inside.shares[1] == doctest::Approx(1 / 2.25));
  CHECK(inside.shares[2] == doctest::Approx(0.5 / 2.25));
  const AreaCover before = area_cover(-2, 1, 10);  // two thirds lie outside and count as black
  CHECK(before.first == 0);
  CHECK(before.shares == std::vector<double>{1.0 / 3});
  const AreaCover behind = area_cover(9.5, 11.5, 10);
  CHECK(behind.first == 9);
  CHECK(behind.shares == std::vector<double>{0.25});
  CHECK(area_cover(12, 14, 10).shares.empty());
  CHECK(area_cover(-5, -3, 10).shares.empty());
}

TEST_CASE("area average: the mean over a rectangle") {
  const std::vector<std::uint8_t> pixels{0, 10, 20, 30, 40, 50};  // 2 rows of 3
  CHECK(area_average(pixels.data(), 3, area_cover(0, 2, 2), area_cover(0, 3, 3)) == doctest::Approx(25));
  CHECK(area_average(pixels.data(), 3, area_cover(0, 1, 2), area_cover(0.5, 1.5, 3)) == doctest::Approx(5));
  CHECK(area_average(pixels.data(), 3, area_cover(1, 3, 2), area_cover(2, 3, 3)) == doctest::Approx(25));
}

}  // namespace loom
