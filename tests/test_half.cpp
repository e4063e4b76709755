#include "weights/half.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>

namespace loom {
namespace {

constexpr float kInfinite = std::numeric_limits<float>::infinity();

// The value by the definition of IEEE 754, in double.
double half_value(unsigned half) {
  const int exponent = static_cast<int>(half >> 10 & 31), fraction = static_cast<int>(half & 1023);
  const double magnitude = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  return half & 0x8000 ? -magnitude : magnitude;
}

// Checks a conversion around the midpoint of two neighbours: it must go to the even one, the next floats on both
// sides to the nearer ones. Together over all neighbours that is the whole of rounding.
template <class Narrow>
bool rounds_between(std::uint16_t lower, float midpoint, Narrow narrow) {
  const auto upper = static_cast<std::uint16_t>(lower + 1);
  const std::uint16_t even = lower % 2 == 0 ? lower : upper;
  const auto minus = [](std::uint16_t bits) { return static_cast<std::uint16_t>(bits | 0x8000); };
  return narrow(midpoint) == even && narrow(std::nextafter(midpoint, 0.0f)) == lower &&
         narrow(std::nextafter(midpoint, kInfinite)) == upper && narrow(-midpoint) == minus(even);
}

}  // namespace

TEST_CASE("f16: all 65,536 values") {
  int wrong = 0;
  for (unsigned i = 0; i < 0x10000; ++i) {
    const auto half = static_cast<std::uint16_t>(i);
    const float value = half_to_float(half);
    const bool special = (half & 0x7C00) == 0x7C00;
    if (special && (half & 0x3FF) != 0) {
      wrong += !std::isnan(value) || std::signbit(value) != (half >= 0x8000);
      wrong += float_to_half(value) != (half >= 0x8000 ? 0xFE00 : 0x7E00);
      continue;
    }
    wrong +=
        special ? value != (half >= 0x8000 ? -kInfinite : kInfinite) : static_cast<double>(value) != half_value(half);
    wrong += std::signbit(value) != (half >= 0x8000);
    wrong += float_to_half(value) != half;
  }
  CHECK(wrong == 0);
}

TEST_CASE("f16: rounds to nearest, ties to even, between all neighbours") {
  int wrong = 0;
  for (std::uint16_t lower = 0; lower < 0x7C00; ++lower) {  // the last pair is 65504 and what would be 65536
    const double upper_value = lower == 0x7BFF ? 65536.0 : half_value(lower + 1u);
    wrong += !rounds_between(lower, static_cast<float>((half_value(lower) + upper_value) / 2), float_to_half);
  }
  CHECK(wrong == 0);
}

TEST_CASE("f16: hard cases") {
  CHECK(float_to_half(65504.0f) == 0x7BFF);
  CHECK(float_to_half(65519.996f) == 0x7BFF);
  CHECK(float_to_half(65520.0f) == 0x7C00);
  CHECK(float_to_half(std::numeric_limits<float>::max()) == 0x7C00);
  CHECK(float_to_half(-kInfinite) == 0xFC00);
  CHECK(float_to_half(0x1p-24f) == 0x0001);
  CHECK(float_to_half(0x1p-25f) == 0x0000);
  CHECK(float_to_half(std::nextafter(0x1p-25f, 1.0f)) == 0x0001);
  CHECK(float_to_half(-0x1p-26f) == 0x8000);
  CHECK(float_to_half(std::numeric_limits<float>::denorm_min()) == 0x0000);
  CHECK(float_to_half(0x1.ff8p-15f) == 0x03FF);   // largest subnormal
  CHECK(float_to_half(0x1.ffcp-15f) == 0x0400);   // tie between it and the smallest normal number
  CHECK(float_to_half(-0.0f) == 0x8000);
  CHECK(float_to_half(1.0f / 3.0f) == 0x3555);
  static_assert(float_to_half(1.0f) == 0x3C00 && half_to_float(0xC000) == -2.0f);
}

TEST_CASE("bf16: all 65,536 values, and rounding between all neighbours") {
  int wrong = 0;
  for (unsigned i = 0; i < 0x10000; ++i) {
    const auto bits = static_cast<std::uint16_t>(i);
    const float value = bfloat16_to_float(bits);
    if (std::isnan(value)) {
      wrong += (bits & 0x7FFF) <= 0x7F80 || (float_to_bfloat16(value) | 0x8000) != 0xFFC0;
    } else {
      wrong += float_to_bfloat16(value) != bits;
    }
    if (i < 0x7F80) {
      wrong += !rounds_between(bits, std::bit_cast<float>(i << 16 | 0x8000), float_to_bfloat16);
    }
  }
  CHECK(wrong == 0);
  CHECK(float_to_bfloat16(std::numeric_limits<float>::max()) == 0x7F80);
  CHECK(float_to_bfloat16(1.0f) == 0x3F80);
}

}  // namespace loom
