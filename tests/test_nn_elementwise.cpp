// Workspace and means of pictures, number by number: the same wherever a number stands in its row, in vectors and in
// what is left of them, and honest about NaN.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "nn/activation.h"
#include "nn/likelihood.h"

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

TEST_CASE("activations: a number's value does not depend on its neighbours or on how many there are") {
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

TEST_CASE("activations: at 0, far out, and monotonic between where they are") {
  Scratch scratch;
  for (const ActivationFunction& function : activation_functions()) {
    CAPTURE(function.name);
    const Matrix x = (Matrix(1, 5) << -80, -1, 0, 1, 80).finished();
    Matrix y;
    forward(Activation{&function}, x, y, scratch);
    const bool bounded = function.name == "tanh" || function.name == "sigmoid";
    CHECK(y(0, 2) == (function.name == "sigmoid" ? Scalar(0.5) : Scalar(0)));
    CHECK(y(0, 4) == doctest::Approx(bounded ? 1 : 80).epsilon(1e-6));
    CHECK(y(0, 0) == doctest::Approx(function.name == "tanh" ? -1 : 0).epsilon(1e-6));
    CHECK(y(0, 3) > y(0, 2));
  }
}

TEST_CASE("means of pictures: a pixel does not depend on its neighbours, and NaN stays NaN") {
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
