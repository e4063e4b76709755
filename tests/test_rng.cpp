// All statistics below are of fixed seeds, so the tests never fail by chance; the bounds are those that a perfect
// generator would break once in a thousand seeds, or more seldom.
#include "core/rng.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <set>

namespace loom {
namespace {

Rng rng(std::uint64_t seed = 1, std::uint64_t key = 0) { return Rng(seed, Stream::test, key); }

// Pearson's statistic for equally probable cells.
double chi_square(const std::vector<Index>& counts) {
  const double expected =
      static_cast<double>(std::reduce(counts.begin(), counts.end())) / static_cast<double>(counts.size());
  double sum = 0;
  for (const Index count : counts) sum += std::pow(static_cast<double>(count) - expected, 2) / expected;
  return sum;
}

}  // namespace

// Computed with a second implementation, in Python, of the same formulas (that one gives SplitMix64's published
// outputs). Weights and splits of old runs depend on these numbers: they must never change.
TEST_CASE("rng: golden values") {
  Rng a(0, Stream::init), b = rng(), c(~std::uint64_t{0}, Stream::sample, 12345);
  for (const std::uint64_t x : {0x2130748aaac80268u, 0x0cc78fb979ce5090u, 0xab9aa3dafba6b4acu, 0xb0c750a86b3b1dd2u})
    CHECK(a.bits() == x);
  for (const std::uint64_t x : {0x28b4c5a58955903fu, 0x3b70ca5d0104d371u, 0x915af4177b88c5a6u, 0x95fc53529ef07dabu})
    CHECK(b.bits() == x);
  for (const std::uint64_t x : {0x83b1f6c553b420e9u, 0x2a8bee1b1b587e76u, 0xd60d8111ff76cb1eu, 0x7692dda1fe355d9au})
    CHECK(c.bits() == x);

  Rng uniform = rng(), below = rng(), normal = rng();
  for (const double x : {0.1590083626882317, 0.23218979616742108, 0.5677940900164087}) CHECK(uniform.uniform() == x);
  for (const std::uint64_t x : {1u, 5u, 4u, 5u, 5u, 3u, 0u, 2u, 3u, 2u, 1u, 6u}) CHECK(below.below(10) == x);
  for (const double x : {0.06572002971393447, 0.5848316025135211, -1.1112186804009154, -0.6655068489203342})
    CHECK(normal.normal() == doctest::Approx(x).epsilon(1e-14));  // log, sin and cos are the C library's
  CHECK(random_permutation(10, rng()) == std::vector<Index>{4, 9, 0, 2, 3, 7, 5, 8, 6, 1});
}

TEST_CASE("rng: neighbouring seeds, streams and keys have no number in common") {
  std::set<std::uint64_t> seen;
  std::size_t drawn = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    for (int stream = 1; stream <= static_cast<int>(Stream::test); ++stream)
      for (std::uint64_t key = 0; key < 20; ++key) {
        Rng numbers(seed, static_cast<Stream>(stream), key);
        for (int i = 0; i < 20; ++i, ++drawn) seen.insert(numbers.bits());
      }
  CHECK(seen.size() == drawn);
}

// Two independent sequences of n uniforms have a correlation of about N(0, 1/n), and half of their bits agree.
TEST_CASE("rng: neighbouring seeds, streams and keys are independent, also when shifted") {
  constexpr int kDraws = 20'000, kShifts = 4;
  const Rng first(7, Stream::posterior, 3);
  for (const Rng& other : {Rng(8, Stream::posterior, 3), Rng(7, Stream::posterior, 4), Rng(7, Stream::corruption, 3),
                           Rng(7 + (1ull << 32), Stream::posterior, 3), Rng(3, Stream::posterior, 7)}) {
    for (int shift = 0; shift < kShifts; ++shift) {
      Rng x = first, y = other;
      for (int i = 0; i < shift; ++i) y.bits();
      double sum = 0, agree = 0;
      for (int i = 0; i < kDraws; ++i) {
        const std::uint64_t a = x.bits(), b = y.bits();
        sum += (static_cast<double>(a) * 0x1p-64 - 0.5) * (static_cast<double>(b) * 0x1p-64 - 0.5) * 12;
        agree += std::popcount(~(a ^ b)) - 32;
      }
      CHECK(std::abs(sum) / std::sqrt(kDraws) < 4);
      CHECK(std::abs(agree) / std::sqrt(kDraws * 16.0) < 4);  // 64 fair bits have variance 16
    }
  }
}

TEST_CASE("rng: uniform fills [0, 1) evenly") {
  std::vector<Index> counts(100);
  Rng numbers = rng();
  for (int i = 0; i < 200'000; ++i) {
    const double x = numbers.uniform();
    REQUIRE(x >= 0);
    REQUIRE(x < 1);
    ++counts[static_cast<std::size_t>(x * 100)];
  }
  CHECK(chi_square(counts) < 148.2);  // chi-square, 99 degrees of freedom, p = 0.001
}

TEST_CASE("rng: below is unbiased") {
  Rng numbers = rng();
  SUBCASE("small limit") {
    std::vector<Index> counts(10);
    for (int i = 0; i < 200'000; ++i) ++counts[static_cast<std::size_t>(numbers.below(10))];
    CHECK(chi_square(counts) < 27.9);  // 9 degrees of freedom, p = 0.001
  }
  SUBCASE("three quarters of the range, where a plain remainder would draw the first third twice as often") {
    constexpr std::uint64_t kThird = 1ull << 62;
    std::vector<Index> counts(3);
    for (int i = 0; i < 60'000; ++i) ++counts[static_cast<std::size_t>(numbers.below(3 * kThird) / kThird)];
    CHECK(chi_square(counts) < 13.8);  // 2 degrees of freedom, p = 0.001
  }
  SUBCASE("ends") {
    for (int i = 0; i < 100; ++i) {
      CHECK(numbers.below(1) == 0);
      CHECK(numbers.below(~std::uint64_t{0}) < ~std::uint64_t{0});
    }
  }
}

TEST_CASE("rng: normal has the moments and the distribution of N(0, 1)") {
  constexpr int kDraws = 200'000;
  Rng numbers = rng();
  std::vector<double> draws(kDraws);
  std::array<double, 4> sums{};  // of the powers 1 to 4
  double neighbours = 0;
  for (std::size_t i = 0; i < kDraws; ++i) {
    draws[i] = numbers.normal();
    double power = 1;
    for (double& sum : sums) sum += power *= draws[i];
    if (i > 0) neighbours += draws[i] * draws[i - 1];
  }
  // Deviations in units of the standard error: the variance of x^k is E x^2k - (E x^k)^2 = 1, 2, 15, 96.
  const double error = std::sqrt(1.0 / kDraws);
  CHECK(std::abs(sums[0] / kDraws) < 3.3 * error);
  CHECK(std::abs(sums[1] / kDraws - 1) < 3.3 * error * std::sqrt(2.0));
  CHECK(std::abs(sums[2] / kDraws) < 3.3 * error * std::sqrt(15.0));
  CHECK(std::abs(sums[3] / kDraws - 3) < 3.3 * error * std::sqrt(96.0));
  CHECK(std::abs(neighbours / kDraws) < 3.3 * error);  // the two halves of a Box-Muller pair are independent

  std::ranges::sort(draws);
  double distance = 0;  // Kolmogorov-Smirnov
  for (std::size_t i = 0; i < kDraws; ++i) {
    const double exact = 0.5 * std::erfc(-draws[i] / std::sqrt(2.0));
    distance = std::max({distance, std::abs(exact - static_cast<double>(i) / kDraws),
                         std::abs(exact - static_cast<double>(i + 1) / kDraws)});
  }
  CHECK(distance * std::sqrt(kDraws) < 1.95);  // p = 0.001
}

TEST_CASE("random_permutation: a permutation, each equally probable") {
  for (const Index size : {0, 1, 2, 10, 1000}) {
    std::vector<Index> order = random_permutation(size, rng());
    std::ranges::sort(order);
    std::vector<Index> identity(static_cast<std::size_t>(size));
    std::iota(identity.begin(), identity.end(), Index{0});
    CHECK(order == identity);
  }
  std::vector<Index> counts(24);  // orders of 4, numbered by the ranks of their entries among those that follow
  for (std::uint64_t key = 0; key < 24'000; ++key) {
    const std::vector<Index> o = random_permutation(4, rng(1, key));
    const auto smaller_after = [&](std::ptrdiff_t i) {
      return static_cast<std::size_t>(
          std::count_if(o.begin() + i, o.end(), [&](Index x) { return x < o[static_cast<std::size_t>(i)]; }));
    };
    ++counts[smaller_after(0) * 6 + smaller_after(1) * 2 + smaller_after(2)];
  }
  CHECK(chi_square(counts) < 49.7);  // 23 degrees of freedom, p = 0.001
}

}  // namespace loom
