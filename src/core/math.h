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

// log, sine and cosine in double precision with the same bits everywhere, for portable arithmetic (core/arithmetic.h).
// Errors are below 1 unit in the last place (tests/test_math.cpp); the formulas and constants are fdlibm's (Sun 1993).

// log x for normalised x > 0: x = 2^n (1 + f) with sqrt(1/2) < 1 + f < sqrt(2); with s = f / (2 + f) it is
// n log 2 + f - f^2/2 + s (f^2/2 + r), where r is a polynomial in s^2.
inline double portable_log(double x) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  constexpr std::uint64_t kFraction = (std::uint64_t{1} << 52) - 1, kRootOfHalf = 0x3fe6a09e667f3bcd;
  const std::uint64_t shifted = bits - kRootOfHalf;
  const auto n = static_cast<double>(static_cast<std::int64_t>(shifted) >> 52);
  const double f = std::bit_cast<double>((shifted & kFraction) + kRootOfHalf) - 1;
  const double half = 0.5 * f * f, s = f / (2 + f), z = s * s, w = z * z;
  const double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd =
      z * (6.666666666666735130e-01 +
           w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  return n * 6.93147180369123816490e-01 - ((half - (s * (half + (even + odd)) + n * 1.90821492927058770002e-10)) - f);
}

// The sine (quarter 0) or cosine (quarter 1) of x for 0 <= x <= 8: x = n pi/2 + r + low, |r| <= pi/4.
inline double portable_sine(double x, unsigned quarter) {
  const double n = static_cast<double>(static_cast<int>(x * 6.36619772367581382433e-01 + 0.5));
  const double far = x - n * 1.57079632673412561417, tail = n * 6.07710050650619224932e-11;
  const double r = far - tail, low = (far - r) - tail;
  const double z = r * r, w = z * z;
  const unsigned turn = static_cast<unsigned>(n) + quarter;
  double value = 0;
  if (turn % 2 == 1) {
    const double p =
        z * (4.16666666666666019037e-02 + z * (-1.38888888888741095749e-03 + z * 2.48015872894767294178e-05)) +
        w * w * (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 - z * 1.13596475577881948265e-11));
    const double half = 0.5 * z, near = 1 - half;
    value = near + (((1 - near) - half) + (z * p - r * low));
  } else {
    const double p = 8.33333333332248946124e-03 + z * (-1.98412698298579493134e-04 + z * 2.75573137070700676789e-06) +
                     z * w * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10);
    const double v = z * r;
    value = r - ((z * (0.5 * low - v * p) - low) + v * 1.66666666666666324348e-01);
  }
  return turn % 4 >= 2 ? -value : value;
}

// x^n by squaring. The relative error grows with n; below 1e-12 for n up to 10,000.
inline double portable_power(double x, std::int64_t n) {
  double power = 1;
  for (; n > 0; n /= 2, x *= x)
    if (n % 2 == 1) power *= x;
  return power;
}

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
