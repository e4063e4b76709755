// Errors against the C library in double precision, over every 389th float of a range, in units in the last place (ulp)
// of the exact value. The bounds are what was measured, rounded up.
#include "core/math.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cfloat>
#include <limits>
#include <vector>

#include "core/files/sha256.h"

namespace loom {
namespace {

constexpr std::uint32_t kStep = 389;  // odd, so all patterns of the low bits turn up

// Calls f with positive and negative floats from `low` to `high`, both included.
template <class F>
void sweep(float low, float high, F f) {
  for (const float sign : {-1.0f, 1.0f})
    for (std::uint32_t bits = 0; bits <= std::bit_cast<std::uint32_t>(FLT_MAX); bits += kStep)
      if (const float x = sign * std::bit_cast<float>(bits); x >= low && x <= high) f(x);
  f(low);
  f(high);
}

template <class Fast, class Exact>
double worst_ulp(float low, float high, Fast fast, Exact exact) {
  double worst = 0;
  sweep(low, high, [&](float x) {
    const double wanted = exact(static_cast<double>(x));
    const float rounded = std::abs(static_cast<float>(wanted));
    const double ulp = static_cast<double>(std::nextafter(rounded, HUGE_VALF)) - static_cast<double>(rounded);
    worst = std::max(worst, std::abs(static_cast<double>(fast(x)) - wanted) / ulp);
  });
  return worst;
}

double exact_sigmoid(double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
double exact_softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

}  // namespace

TEST_CASE("math: errors in units in the last place") {
  CHECK(worst_ulp(-87, 88, [](float x) { return loom::exp(x); }, [](double x) { return std::exp(x); }) < 1.0);
  CHECK(worst_ulp(0, 1, [](float x) { return log1p_unit(x); }, [](double x) { return std::log1p(x); }) < 1.25);
  CHECK(worst_ulp(-87, 200, [](float x) { return sigmoid(x); }, exact_sigmoid) < 2.5);
  CHECK(worst_ulp(-87, 200, [](float x) { return softplus(x); }, exact_softplus) < 2.0);
  CHECK(worst_ulp(-100, 100, [](float x) { return loom::tanh(x); }, [](double x) { return std::tanh(x); }) < 1.5);
}

TEST_CASE("math: portable functions of double precision") {
  const auto ulps = [](double found, double wanted) {
    return std::abs(found - wanted) / (std::nextafter(std::abs(wanted), HUGE_VAL) - std::abs(wanted));
  };
  double log_worst = 0, sine_worst = 0;
  for (int i = 1; i < 200000; ++i) {
    const double u = i / 200000.0, angle = 7.99 * u;
    log_worst = std::max({log_worst, ulps(portable_log(u), std::log(u)), ulps(portable_log(9 * u), std::log(9 * u))});
    sine_worst = std::max({sine_worst, std::abs(portable_sine(angle, 0) - std::sin(angle)),
                           std::abs(portable_sine(angle, 1) - std::cos(angle))});
  }
  CHECK(log_worst <= 1.5);
  CHECK(sine_worst < 2e-16);
  CHECK(portable_log(1) == 0);
  CHECK(portable_log(0x1p-53) == doctest::Approx(-36.7368005696771).epsilon(1e-15));
  CHECK(portable_sine(0, 1) == 1);
  CHECK(portable_power(0.999, 0) == 1);
  CHECK(portable_power(0.5, 10) == 0x1p-10);
  CHECK(portable_power(0.999, 10000) == doctest::Approx(std::pow(0.999, 10000)).epsilon(1e-12));
}

// Near a zero of the sine the reduced argument has lost digits, so the error is measured against 1.
TEST_CASE("math: sine and cosine to 1e-7") {
  double worst = 0;
  sweep(-300, 300, [&](float x) {
    worst = std::max(worst, std::abs(static_cast<double>(loom::sin(x)) - std::sin(static_cast<double>(x))));
    worst = std::max(worst, std::abs(static_cast<double>(loom::cos(x)) - std::cos(static_cast<double>(x))));
  });
  CHECK(worst < 1e-7);
  CHECK(loom::sin(0.0f) == 0.0f);
  CHECK(loom::cos(0.0f) == 1.0f);
  CHECK(std::isnan(loom::sin(std::numeric_limits<float>::quiet_NaN())));
}

TEST_CASE("math: double precision uses the C library") {
  for (const double x : {-30.0, -1.0, -1e-9, 0.0, 0.3, 1.0, 20.0}) {
    CHECK(loom::exp(x) == std::exp(x));
    CHECK(loom::tanh(x) == std::tanh(x));
    CHECK(loom::sin(x) == std::sin(x));
    CHECK(loom::cos(x) == std::cos(x));
    CHECK(sigmoid(x) == doctest::Approx(exact_sigmoid(x)).epsilon(1e-15));
    CHECK(softplus(x) == doctest::Approx(exact_softplus(x)).epsilon(1e-15));
  }
  CHECK(log1p_unit(1e-12) == std::log1p(1e-12));
}

TEST_CASE("math: exact values at special arguments") {
  CHECK(loom::exp(0.0f) == 1.0f);
  CHECK(log1p_unit(0.0f) == 0.0f);
  CHECK(sigmoid(0.0f) == 0.5f);
  CHECK(loom::tanh(0.0f) == 0.0f);
  bool tanh_is_odd = true, tanh_in_range = true, sigmoid_in_range = true, softplus_above_relu = true;
  sweep(-100, 100, [&](float x) {
    tanh_is_odd &= loom::tanh(-x) == -loom::tanh(x);
    tanh_in_range &= std::abs(loom::tanh(x)) <= 1.0f;
    sigmoid_in_range &= sigmoid(x) >= 0.0f && sigmoid(x) <= 1.0f;
    softplus_above_relu &= softplus(x) >= std::max(x, 0.0f);
  });
  CHECK(tanh_is_odd);
  CHECK(tanh_in_range);
  CHECK(sigmoid_in_range);
  CHECK(softplus_above_relu);
}

TEST_CASE("math: extremes are finite") {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  for (const float x : {FLT_MAX, -FLT_MAX, kInfinity, -kInfinity, 1e4f, -1e4f, FLT_MIN, 1e-45f}) {
    CHECK(std::isnormal(loom::exp(x)));
    CHECK(std::isfinite(sigmoid(x)));
    CHECK(std::isfinite(loom::tanh(x)));
    if (x < kInfinity) CHECK(std::isfinite(softplus(x)));
  }
  CHECK(sigmoid(1e4f) == 1.0f);
  CHECK(sigmoid(-1e4f) < 1e-37f);
  CHECK(softplus(1e4f) == 1e4f);
  CHECK(softplus(-1e4f) < 1e-37f);
  CHECK(loom::tanh(1e4f) == 1.0f);
  CHECK(loom::tanh(-1e4f) == -1.0f);
}

// A number that is none must stay visible instead of becoming a plausible value.
TEST_CASE("math: NaN stays NaN") {
  for (const std::uint32_t bits : {0x7fc00000u, 0xffc00000u, 0x7fffffffu, 0x7fc000ffu}) {
    const float nan = std::bit_cast<float>(bits);
    CHECK(std::isnan(loom::exp(nan)));
    CHECK(std::isnan(sigmoid(nan)));
    CHECK(std::isnan(softplus(nan)));
    CHECK(std::isnan(loom::tanh(nan)));
  }
}

// One hash for g++, clang and WebAssembly, with and without vectors: the page decodes what was trained. After a change
// of core/math.h on purpose, take the new value once all of these agree.
TEST_CASE("math: the same bits with every compiler and on every machine") {
  std::vector<float> x, y;
  sweep(-100, 100, [&](float value) {
    if (std::bit_cast<std::uint32_t>(value) % 7 == 0) x.push_back(value);
  });
  Sha256 hash;
  const auto add = [&](auto f) {
    y.resize(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) y[i] = f(x[i]);
    hash.update(std::as_bytes(std::span(y)));
  };
  add([](float v) { return loom::exp(v); });
  add([](float v) { return log1p_unit(v < 0 ? -v / 100 : v / 100); });
  add([](float v) { return sigmoid(v); });
  add([](float v) { return softplus(v); });
  add([](float v) { return loom::tanh(v); });
  add([](float v) { return loom::sin(v); });
  add([](float v) { return loom::cos(v); });
  CHECK(hash.hex() == "6baa17a932938e8e214973846e7292abc4006d837475ad4120cfb81cd28b9958");
}

}  // namespace loom
