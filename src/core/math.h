// exp, log1p, tanh, sin, cos and the functions made of them, written so that compilers vectorise loops over them and so
// that native code and WebAssembly give the same bits: the C libraries of the two differ in the last place, and neither
// vectorises. Single precision uses polynomials, with errors below 1 unit in the last place for exp, 2.5 for the others
// (tests/test_math.cpp). Double precision, used by gradient checks only, uses the C library.
//
// T is float, or a vector of floats for loops that must be vectorised even when the compiler optimises for size.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <type_traits>

// Loops over these functions are vectorised only if the functions are inlined, which compilers judge too expensive.
#define LOOM_INLINE [[gnu::always_inline]] inline

namespace loom {

// Integers as wide as T's numbers. Comparing two vectors yields such a vector.
template <class T>
using BitsOf = std::conditional_t<std::is_same_v<T, float>, std::uint32_t, decltype(T() < T())>;

// e^x = 2^n e^r, |r| <= ln(2)/2, with Cephes' polynomial for e^r (Moshier 1989, expf). x is clamped to [-87, 88], so
// the result lies between about 1.6e-38 and 1.7e38 and is never 0, a denormal or infinity.
template <class T>
  requires(!std::is_same_v<T, double>)
LOOM_INLINE T exp(T x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  constexpr float kRound = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer that sits in the low bits
  const T shifted = x * 1.44269504f + kRound;
  const T n = shifted - kRound;
  const T r = (x - n * 0.693359375f) + n * 2.12194440e-4f;  // ln 2 in two parts (Cody & Waite 1980)
  T p = 1.9875691500e-4f * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = (p * r) * r + r + 1.0f;
  constexpr int kOne = 0x3f800000;  // the bits of 1.0f, so the sum has those of 2^n
  return p * std::bit_cast<T>((std::bit_cast<BitsOf<T>>(shifted) << 23) + kOne);
}

// log(1 + x) for 0 <= x <= 1: with s = x / (2 + x) <= 1/3 it is 2 atanh(s) = 2s + s r, where r is a power series in
// s^2. Written around 2s = x - x^2/2 + s x^2/2, because x itself carries no rounding error (as fdlibm's log1p does).
LOOM_INLINE float log1p_unit(float x) {
  const float s = x / (2.0f + x);
  const float q = s * s;
  float r = 2.0f / 15.0f;
  r = r * q + 2.0f / 13.0f;
  r = r * q + 2.0f / 11.0f;
  r = r * q + 2.0f / 9.0f;
  r = r * q + 2.0f / 7.0f;
  r = r * q + 2.0f / 5.0f;
  r = r * q + 2.0f / 3.0f;
  const float half = 0.5f * x * x;
  return x - (half - s * (half + r * q));
}

// tanh(x) = (1 - e^-2|x|) / (1 + e^-2|x|) with the sign of x. Near 0 the numerator suffers from cancellation, so
// Cephes' polynomial is used there (Moshier 1989, tanhf).
template <class T>
  requires(!std::is_same_v<T, double>)
LOOM_INLINE T tanh(T x) {
  const T a = x < 0.0f ? -x : x;
  const T e = loom::exp(-2.0f * a);
  const T far = (1.0f - e) / (1.0f + e);
  const T q = x * x;
  T p = -5.70498872745e-3f * q + 2.06390887954e-2f;
  p = p * q - 5.37397155531e-2f;
  p = p * q + 1.33314422036e-1f;
  p = p * q - 3.33332819422e-1f;
  const T near = p * q * x + x;
  const T away = x < 0.0f ? -far : far;
  return a < 0.625f ? near : away;
}

// x = n pi/2 + r, |r| <= pi/4, with pi/2 in three parts (Cody & Waite 1980) and Cephes' polynomials (Moshier 1989,
// sinf, cosf); the last two bits of n choose between them. `quarter` 0 gives the sine, 1 the cosine. Meant for |x|
// below a few hundred; beyond 8192 it gradually loses precision.
LOOM_INLINE float sine(float x, std::uint32_t quarter) {
  constexpr float kRound = 12582912.0f;
  const float shifted = x * 0.636619772f + kRound;
  const float n = shifted - kRound;
  const float r = ((x - n * 1.5703125f) - n * 4.837512969970703e-4f) - n * 7.549789948768648e-8f;
  const float q = r * r;
  const float odd = ((-1.9515295891e-4f * q + 8.3321608736e-3f) * q - 1.6666654611e-1f) * q * r + r;
  const float even =
      ((2.443315711809948e-5f * q - 1.388731625493765e-3f) * q + 4.166664568298827e-2f) * q * q - 0.5f * q + 1.0f;
  const std::uint32_t turn = std::bit_cast<std::uint32_t>(shifted) + quarter;
  const float value = (turn & 1) != 0 ? even : odd;
  return (turn & 2) != 0 ? -value : value;
}
LOOM_INLINE float sin(float x) { return sine(x, 0); }
LOOM_INLINE float cos(float x) { return sine(x, 1); }

LOOM_INLINE double exp(double x) { return std::exp(x); }
LOOM_INLINE double log1p_unit(double x) { return std::log1p(x); }
LOOM_INLINE double tanh(double x) { return std::tanh(x); }
LOOM_INLINE double sin(double x) { return std::sin(x); }
LOOM_INLINE double cos(double x) { return std::cos(x); }

// 1 / (1 + e^-x). exp is clamped, so large |x| is safe and small results keep their relative precision.
template <class T>
LOOM_INLINE T sigmoid(T x) {
  return 1.0f / (1.0f + loom::exp(-x));
}

// log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)
template <class T>
LOOM_INLINE T softplus(T x) {
  return (x > T(0) ? x : T(0)) + log1p_unit(loom::exp(x < T(0) ? x : -x));
}

}  // namespace loom

#undef LOOM_INLINE
