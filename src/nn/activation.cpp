#include "nn/activation.h"

#include <array>
#include <limits>

#include "core/arithmetic.h"
#include "core/find_named.h"
#include "core/math.h"
#include "nn/kernels/elementwise.h"

namespace loom {
namespace {

// Portable arithmetic has no flush-to-zero mode (core/arithmetic.h), so negligible results are set to zero here. Their
// products with the next layer's weights, and with the gradients of its outputs, would be denormal, which made decoding
// with the dense model nine times slower.
constexpr Scalar smallest_input(bool portable, Scalar limit) {
  return portable ? limit : -std::numeric_limits<Scalar>::infinity();
}

// Each function defines its value, and its derivative in terms of the input x or, where that is cheaper, the output y.
// Loops over them are vectorised only if they are inlined.

struct Relu {
  template <class T>
  [[gnu::always_inline]] static T value(T x) {
    return x > 0 ? x : 0;
  }
  [[gnu::always_inline]] static Scalar derivative(Scalar x, Scalar) { return x > 0 ? Scalar(1) : Scalar(0); }
};

// GELU with the tanh form of Hendrycks & Gimpel 2016, section 2: x sigmoid(2u), u = sqrt(2/pi) (x + 0.044715 x^3).
template <bool Portable>
struct GeluTanh {
  static constexpr Scalar kZeroBelow = smallest_input(Portable, -7.75);  // where the value is below 1e-18
  static constexpr Scalar kScale = Scalar(2 * 0.79788456080286535588);
  static constexpr Scalar kCubic = Scalar(0.044715);
  template <class T>
  [[gnu::always_inline]] static T gate(T x) {
    return sigmoid(kScale * (x + kCubic * x * x * x));
  }
  template <class T>
  [[gnu::always_inline]] static T value(T x) {
    return x < kZeroBelow ? 0 : x * gate(x);
  }
  [[gnu::always_inline]] static Scalar derivative(Scalar x, Scalar) {
    const Scalar g = x < kZeroBelow ? 0 : gate(x);
    return g + x * g * (1 - g) * kScale * (1 + 3 * kCubic * x * x);
  }
};

// SiLU (Elfwing, Uchibe & Doya 2018): x sigmoid(x).
template <bool Portable>
struct Silu {
  static constexpr Scalar kZeroBelow = smallest_input(Portable, -46);  // where the value is below 1e-18
  template <class T>
  [[gnu::always_inline]] static T gate(T x) {
    return x < kZeroBelow ? 0 : sigmoid(x);
  }
  template <class T>
  [[gnu::always_inline]] static T value(T x) {
    return x * gate(x);
  }
  [[gnu::always_inline]] static Scalar derivative(Scalar x, Scalar) {
    const Scalar s = gate(x);
    return s * (1 + x * (1 - s));
  }
};

struct Tanh {
  template <class T>
  [[gnu::always_inline]] static T value(T x) {
    return loom::tanh(x);
  }
  [[gnu::always_inline]] static Scalar derivative(Scalar, Scalar y) { return 1 - y * y; }
};

struct Sigmoid {
  template <class T>
  [[gnu::always_inline]] static T value(T x) {
    return sigmoid(x);
  }
  [[gnu::always_inline]] static Scalar derivative(Scalar, Scalar y) { return y * (1 - y); }
};

template <class Function>
void apply_forward(const Scalar* x, Scalar* y, Index count) {
  apply_each<Function>(x, y, count);
}

template <class Function, bool portable>
void apply_backward(const Scalar* x, const Scalar* y, const Scalar* dy, Scalar* dx, Index count) {
  for (Index i = 0; i < count; ++i) dx[i] = without_negligible<portable>(Function::derivative(x[i], y[i]) * dy[i]);
}

template <class Function, class Portable = Function>
constexpr ActivationFunction row(std::string_view name) {
  return {name,
          [](const Scalar* x, Scalar* y, Index count) {
            is_portable() ? apply_forward<Portable>(x, y, count) : apply_forward<Function>(x, y, count);
          },
          [](const Scalar* x, const Scalar* y, const Scalar* dy, Scalar* dx, Index count) {
            is_portable() ? apply_backward<Portable, true>(x, y, dy, dx, count)
                          : apply_backward<Function, false>(x, y, dy, dx, count);
          }};
}

constexpr std::array kFunctions{
    row<Relu>("relu"),
    row<GeluTanh<false>, GeluTanh<true>>("gelu_tanh"),
    row<Silu<false>, Silu<true>>("silu"),
    row<Tanh>("tanh"),
    row<Sigmoid>("sigmoid"),
};

}  // namespace

std::span<const ActivationFunction> activation_functions() { return kFunctions; }

const ActivationFunction* find_activation(std::string_view name) { return find_row(kFunctions, name); }

void forward(const Activation& layer, const Matrix& x, Matrix& y, Scratch&) {
  y.resize(x.rows(), x.cols());
  layer.function->forward(x.data(), y.data(), x.size());
}

void backward(const Activation& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Activation&, Matrix* dx,
              Scratch&) {
  if (!dx) return;
  dx->resize(x.rows(), x.cols());
  layer.function->backward(x.data(), y.data(), dy.data(), dx->data(), x.size());
}

std::vector<std::string_view> Activation::kinds() {
  std::vector<std::string_view> names;
  for (const ActivationFunction& function : kFunctions) names.push_back(function.name);
  return names;
}

Activation Activation::from_json(const JsonItem& item, Index&) {
  item.allow_only({"kind"});
  return {find_activation(item.at("kind").string())};
}

}  // namespace loom
