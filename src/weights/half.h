// Conversions between float and the two 16-bit floating-point formats, done on bits and therefore the same on every
// machine. Widening is exact; narrowing rounds to nearest, ties to even.
#pragma once

#include <bit>
#include <cstdint>

namespace loom {

// IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 of fraction. Exact; NaN stays NaN.
constexpr float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1F;
  const std::uint32_t fraction = half & 0x3FF;
  if (exponent == 0) {  // zero and subnormals: fraction * 2^-24, exact in float
    const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
    return std::bit_cast<float>(sign | std::bit_cast<std::uint32_t>(magnitude));
  }
  const std::uint32_t wide_exponent = exponent == 31 ? 255 : exponent + (127 - 15);
  return std::bit_cast<float>(sign | wide_exponent << 23 | fraction << 13);
}

// Drops the low `count` bits (1 to 31), rounding to nearest, ties to even. A carry into the exponent is correct: the
// next number above the largest fraction is a power of two.
constexpr std::uint32_t round_off_bits(std::uint32_t bits, int count) {
  const std::uint32_t below_half = (1u << (count - 1)) - 1;
  return (bits + below_half + ((bits >> count) & 1)) >> count;
}

// Magnitudes of 65520 and more become infinity, those up to 2^-25 become zero; NaN becomes the quiet NaN of its sign.
constexpr std::uint16_t float_to_half(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> 16) & 0x8000;
  const std::uint32_t magnitude = bits & 0x7FFFFFFF;
  const auto result = [&](std::uint32_t half) { return static_cast<std::uint16_t>(sign | half); };
  if (magnitude > 0x7F800000) return result(0x7E00);
  if (magnitude >= 0x477FF000) return result(0x7C00);  // 65520, the tie to 2^16
  if (magnitude >= 0x38800000) return result(round_off_bits(magnitude, 13) - (112u << 10));  // normal: from 2^-14
  if (magnitude <= 0x33000000) return result(0);  // 2^-25, the tie to 0
  // Subnormal: the significand with its leading one, in units of 2^-24.
  const auto exponent = static_cast<int>(magnitude >> 23);
  return result(round_off_bits((magnitude & 0x7FFFFF) | 0x800000, 126 - exponent));
}

// bfloat16: the upper half of a float. Exact; NaN stays NaN.
constexpr float bfloat16_to_float(std::uint16_t value) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

// The largest floats round to infinity; NaN becomes the quiet NaN of its sign.
constexpr std::uint16_t float_to_bfloat16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7FFFFFFF) > 0x7F800000) return static_cast<std::uint16_t>(((bits >> 16) & 0x8000) | 0x7FC0);
  return static_cast<std::uint16_t>(round_off_bits(bits, 16));
}

}  // namespace loom
