// Workspace and means of pictures, number by number: the same wherever a number stands in its row, in vectors and in
// what is left of them, and honest about NaN.
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

#include "nn/activation.h"
#include "nn/likelihood/likelihood.h"

namespace loom {
namespace {

// 23 numbers on both sides of every bend of the functions.
Matrix numbers() {
  Matrix x(1, 23);
  for (Index i = 0; i < x.size(); ++i) x(0, i) = static_cast<Scalar>(0.83 * static_cast<double>(i - 11));
  x(0, 4) = -70, x(0, 9) = 40, x(0, 14) = 0;
  return x;
}

template <class Map>
void check_each_alone(Map map) {
  const Matrix x = numbers(), whole = map(x);
  for (Index count = 1; count <= x.cols(); ++count) {
    const Matrix part = map(x.leftCols(count));
    for (Index i = 0; i < count; ++i) CHECK(part(0, i) == whole(0, i));
  }
  for (Index i = 0; i < x.cols(); ++i) {
    const Matrix one = x.col(i);
    CHECK(map(one)(0, 0) == whole(0, i));
  }
}

}  // namespace

TEST_CASE("activations: a result does not depend on the neighbouring numbers or on their count") {
  Scratch scratch;
  for (const ActivationFunction& function : activation_functions()) {
    CAPTURE(function.name);
    check_each_alone([&](const Matrix& x) {
      Matrix y;
      forward(Activation{&function}, x, y, scratch);
      return y;
    });
  }
}

// A new activation needs no line here: all but the last three checks go through the whole table.
TEST_CASE("activations: at 0, at large arguments, and increasing from 0 to 1") {
  struct Known {
    std::string_view name;
    Scalar at_zero, far_left, far_right;  // at 0, -80 and 80
  };
  constexpr std::array known{Known{"relu", 0, 0, 80}, Known{"gelu_tanh", 0, 0, 80}, Known{"silu", 0, 0, 80},
                             Known{"tanh", 0, -1, 1}, Known{"sigmoid", 0.5f, 0, 1}};
  Scratch scratch;
  const Matrix x = (Matrix(1, 5) << -80, -1, 0, 1, 80).finished();
  Matrix y;
  for (const ActivationFunction& function : activation_functions()) {
    CAPTURE(function.name);
    forward(Activation{&function}, x, y, scratch);
    CHECK(y.allFinite());
    CHECK(y(0, 3) > y(0, 2));
  }
  for (const Known& wanted : known) {
    CAPTURE(wanted.name);
    forward(Activation{find_activation(wanted.name)}, x, y, scratch);
    CHECK(y(0, 2) == wanted.at_zero);
    CHECK(y(0, 4) == doctest::Approx(wanted.far_right).epsilon(1e-6));
    CHECK(y(0, 0) == doctest::Approx(wanted.far_left).epsilon(1e-6));
  }
}

TEST_CASE("means of pixels: a pixel does not depend on its neighbours, and NaN stays NaN") {
  for (const Likelihood& likelihood : likelihoods()) {
    CAPTURE(likelihood.name);
    const auto mean = [&](const Matrix& x) {
      Matrix y;
      likelihood.mean(x, y);
      return y;
    };
    check_each_alone(mean);
    Matrix broken = numbers();
    broken(0, 1) = broken(0, 22) = std::numeric_limits<Scalar>::quiet_NaN();
    const Matrix shown = mean(broken);
    CHECK(std::isnan(shown(0, 1)));
    CHECK(std::isnan(shown(0, 22)));
    CHECK(shown(0, 2) == mean(numbers())(0, 2));
  }
}

}  // namespace loom
