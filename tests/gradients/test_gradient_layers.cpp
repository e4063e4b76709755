// Every layer: dL/dx and dL/d(each parameter) for L = <c, y> with a random c.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <variant>

#include "../random_matrix.h"
#include "../window_cases.h"
#include "gradient_check.h"
#include "model/network_json.h"
#include "nn/init.h"

namespace loom {
namespace {

static_assert(std::variant_size_v<Layer> == 7, "a new layer needs a case below");

double worst_gradient_error = 0;

// A tensor that for_each_tensor forgets would never be drawn, trained or saved, and all other tests would pass.
void check_tensors(const Sequential& net) {
  Index shown = 0;
  for (const ConstParameter& p : parameters(net, "")) shown += static_cast<Index>(p.value.size());
  const Json json = network_json(net);
  constexpr Index kBudget = 1 << 24;
  Index left = kBudget;
  const Sequential back = network_from_json(JsonItem(json, "layer"), left);
  CHECK(network_json(back).dump() == json.dump());
  CHECK_MESSAGE(shown == kBudget - left, "for_each_tensor shows ", shown, " numbers, from_json spends ",
                kBudget - left);
}

// `width` is the number of inputs. The layer's numbers are drawn here.
void check_layer(const Layer& layer, Index width, const std::string& name) {
  INFO(name);
  Sequential net{layer};
  initialize(net, 7, 0);
  check_tensors(net);
  Matrix x = random_matrix(3, width, 1, 0.05);
  Workspace a;
  const Matrix y = forward(net, x, a);
  const Matrix c = random_matrix(y.rows(), y.cols(), 2);
  const auto loss = [&] { return forward(net, x, a).cwiseProduct(c).sum(); };

  // backward adds to the gradients, so they start at 1 here.
  Sequential grad = zero_like(net);
  for (Parameter& p : parameters(grad, "")) std::fill(p.value.begin(), p.value.end(), 1.0);
  Matrix dx = *backward(net, x, c, a, grad, true);
  const std::vector<Parameter> weights = parameters(net, ""), gradients = parameters(grad, "");
  for (const Parameter& p : gradients)
    for (Scalar& g : p.value) g -= 1;

  const auto check = [&](std::string_view what, std::span<Scalar> values, std::span<const Scalar> analytic) {
    INFO(what);
    const double error = gradient_error(values, analytic, loss);
    CHECK(error <= kTolerance);
    worst_gradient_error = std::max(worst_gradient_error, error);
  };
  check("dx", numbers(x), numbers(dx));
  for (const Parameter& p : weights) {  // gradients of a layer that starts at zero would hardly test it
    INFO(p.name, " starts at zero: see Initial in for_each_tensor");
    CHECK(std::ranges::any_of(p.value, [](Scalar v) { return v != 0; }));
  }
  for (std::size_t i = 0; i < weights.size(); ++i) check(weights[i].name, weights[i].value, gradients[i].value);

  // Without dx the weights' gradients must be the same: a first layer takes another path.
  Sequential again = zero_like(net);
  forward(net, x, a);
  CHECK(backward(net, x, c, a, again, false) == nullptr);
  const std::vector<Parameter> same = parameters(again, "");
  for (std::size_t i = 0; i < same.size(); ++i)
    for (std::size_t k = 0; k < same[i].value.size(); ++k)
      CHECK(same[i].value[k] == doctest::Approx(gradients[i].value[k]).epsilon(1e-12));
}

}  // namespace

TEST_CASE("gradient: linear") {
  for (const auto& [inputs, outputs] : {std::pair{1, 1}, {5, 3}, {17, 20}})
    check_layer(Linear(inputs, outputs), inputs, "linear");
}

TEST_CASE("gradient: convolution and transposed convolution, all kernel paths") {
  worst_gradient_error = 0;
  for (const WindowMap& map : window_cases(false)) {
    const Conv2d layer(map.large, map.small.channels, map.window);
    check_layer(layer, map.large.size(), "conv2d " + window_text(map));
  }
  for (const WindowMap& map : window_cases(true)) {
    const ConvTranspose2d layer(map.small, map.large.channels, map.window);
    check_layer(layer, map.small.size(), "conv_transpose2d " + window_text(map));
  }
  MESSAGE("worst relative error ", worst_gradient_error);
}

TEST_CASE("gradient: flatten and unflatten") {
  const ImageShape shape{5, 3, 7};
  check_layer(Flatten{shape}, shape.size(), "flatten");
  check_layer(Unflatten{shape}, shape.size(), "unflatten");
}

TEST_CASE("gradient: Fourier features") {
  for (const auto& [inputs, frequencies] : {std::pair{1, 1}, {2, 16}, {3, 5}})
    check_layer(Fourier(inputs, frequencies), inputs, "fourier");
}

TEST_CASE("gradient: every activation") {
  worst_gradient_error = 0;
  for (const ActivationFunction& function : activation_functions())
    check_layer(Activation{&function}, 37, std::string(function.name));
  MESSAGE("worst relative error ", worst_gradient_error);
}

}  // namespace loom
