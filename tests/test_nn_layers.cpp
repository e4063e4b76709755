#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

#include "message_of.h"
#include "model/architectures.h"
#include "nn/init.h"
#include "random_matrix.h"
#include "small_spec.h"

namespace loom {
namespace {

// Both architectures with every activation, at the size of real pictures, so that products take their blocked paths.
std::vector<Model> models() {
  std::vector<Model> list;
  for (const Architecture& architecture : architectures())
    for (const ActivationFunction& function : activation_functions())
      list.push_back(build_model(small_spec(28, 28, 3), architecture.name,
                                 {.channels = {8, 20}, .hidden = {33}, .activation = std::string(function.name)}, 5));
  return list;
}

// Entries relative to the largest of them.
double relative_difference(const Matrix& a, const Matrix& b) {
  return static_cast<double>((a - b).cwiseAbs().maxCoeff() / b.cwiseAbs().maxCoeff());
}

}  // namespace

TEST_CASE("layers: a sample gives the same result in a batch and alone, and permuting a batch permutes its results") {
  constexpr Index kImages = 19;
  double worst = 0;
  for (const Model& model : models()) {
    const Matrix x = random_pixels(kImages, model.spec.image.size(), 1), z = random_matrix(kImages, 3, 2);
    Workspace a, b;
    const Matrix codes = forward(model.encoder, x, a), logits = forward(model.decoder, z, b);
    for (Index n = 0; n < kImages; n += 3) {
      worst = std::max(worst, relative_difference(forward(model.encoder, x.row(n), a), codes.row(n)));
      worst = std::max(worst, relative_difference(forward(model.decoder, z.row(n), b), logits.row(n)));
    }
    Matrix reversed_codes = forward(model.encoder, x.colwise().reverse(), a);
    worst = std::max(worst, relative_difference(reversed_codes.colwise().reverse(), codes));
  }
  CHECK(worst <= 1e-5);
  MESSAGE("worst relative relative_difference ", worst);
}

TEST_CASE("layers: a forward pass does not depend on earlier ones") {
  for (const Model& model : models()) {
    const Matrix x = random_pixels(2, model.spec.image.size(), 1), other = random_pixels(7, model.spec.image.size(), 2);
    Workspace fresh, used;
    forward(model.encoder, other, used);
    CHECK(forward(model.encoder, x, used) == forward(model.encoder, x, fresh));
  }
}

TEST_CASE("layers: names of parameters are unique, and their sizes add up to the count") {
  for (Model& model : models()) {
    std::set<std::string> names;
    Index total = 0;
    for (const Parameter& p : parameters(model)) {
      CHECK(names.insert(p.name).second);
      Index size = 1;
      for (const Index d : p.shape) size *= d;
      CHECK(size == static_cast<Index>(p.value.size()));
      total += size;
    }
    CHECK(total == parameter_count(model));
  }
  const Model dense = build_model(small_spec(28, 28, 2), "dense", {.channels = {}, .hidden = {400}}, 1);
  CHECK(parameter_count(dense) == 784 * 400 + 400 + 400 * 4 + 4 + 2 * 400 + 400 + 400 * 784 + 784);
  CHECK(parameters(dense).front().name == "encoder.0.weight");
  CHECK(parameters(dense).back().name == "decoder.2.bias");
}

TEST_CASE("layers: flatten and unflatten use PyTorch's order") {
  const ImageShape shape{2, 2, 3};
  Matrix x(1, 12), y, back;
  for (Index i = 0; i < 12; ++i) x(0, i) = static_cast<Scalar>(i);  // pixel i / 2, channel i % 2
  Scratch scratch;
  forward(Flatten{shape}, x, y, scratch);
  CHECK(y == (Matrix(1, 12) << 0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11).finished());
  forward(Unflatten{shape}, y, back, scratch);
  CHECK(back == x);
}

TEST_CASE("layers: an error names the layer that does not fit") {
  const Sequential net{Linear(4, 3), Linear(2, 1)};
  CHECK(message_of([&] { check_chain(net, 4, "net"); }) == "net[1]: takes 2 numbers, but 3 come from the layer before");
  CHECK(check_chain({Linear(4, 3)}, 4, "net") == 3);
}

TEST_CASE("layers: multiply-adds are counted") {
  const Conv2d convolution({3, 9, 9}, 5, {3, 3, 2, 2, 1, 1, 1, 1});
  CHECK(multiply_adds({Linear(7, 5), Activation{find_activation("relu")}, convolution}) == 35 + 5 * 5 * 5 * 3 * 9);
}

// A layer whose file lacks a part does not compile. One that is complete, and the same without one part each:
struct Whole : Linear {
  static Whole from_json(const JsonItem&, Index&);
};
static_assert(CompleteLayer<Whole>);
struct NoTensors : Whole {
  static NoTensors from_json(const JsonItem&, Index&);
  template <class See>
  void for_each_tensor(See&&) const = delete;
};
static_assert(!CompleteLayer<NoTensors>);
struct NoWidths : Whole {
  static NoWidths from_json(const JsonItem&, Index&);
  Widths widths(Index) const = delete;
};
static_assert(!CompleteLayer<NoWidths>);
struct NoWork : Whole {
  static NoWork from_json(const JsonItem&, Index&);
  double multiply_adds() const = delete;
};
static_assert(!CompleteLayer<NoWork>);
struct NoDescription : Whole {
  static NoDescription from_json(const JsonItem&, Index&);
  void describe(Json&) const = delete;
};
static_assert(!CompleteLayer<NoDescription>);

TEST_CASE("layers: kinds for files, titles and sizes for display") {
  const Conv2d convolution({3, 9, 9}, 5, {3, 3, 2, 2, 1, 1, 1, 1});
  CHECK(kind_of(convolution) == "conv2d");
  CHECK(title_of(convolution) == "convolution");
  CHECK(sizes_of(convolution, " -> ") == "3x9x9 -> 5x5x5");
  CHECK(sizes_of(Linear(7, 5), " to ") == "7 to 5");
  CHECK(sizes_of(Fourier(2, 16), " to ") == "2 to 34");
  CHECK(sizes_of(Flatten{{2, 3, 4}}, " -> ") == "2x3x4");
  CHECK(kind_of(Activation{find_activation("silu")}) == "silu");
  CHECK(sizes_of(Activation{find_activation("silu")}, " -> ").empty());
}

TEST_CASE("layers: no two kinds share a name") {
  std::set<std::string_view> kinds;
  const auto add = [&](const auto& names) {
    for (const std::string_view name : names) CHECK_MESSAGE(kinds.insert(name).second, name);
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (add(std::variant_alternative_t<I, Layer>::kinds()), ...);
  }(std::make_index_sequence<std::variant_size_v<Layer>>());
  CHECK(kinds.size() == std::variant_size_v<Layer> - 1 + activation_functions().size());
}

TEST_CASE("init: uniform within 1/sqrt(fan_in), and a tensor does not depend on the others") {
  const Window window{3, 3, 1, 1, 0, 0, 0, 0};
  Sequential net{Linear(100, 300), Conv2d({4, 9, 9}, 50, window), ConvTranspose2d({50, 3, 3}, 4, window)};
  initialize(net, 3, 0);
  const double fans[] = {100, 100, 36, 36, 36, 36};
  const std::vector<Parameter> list = parameters(net, "");
  for (std::size_t i = 0; i < list.size(); ++i) {
    CAPTURE(list[i].name);
    const double bound = 1 / std::sqrt(fans[i]);
    double squares = 0, largest = 0;
    for (const Scalar value : list[i].value) {
      squares += static_cast<double>(value) * static_cast<double>(value);
      largest = std::max(largest, std::abs(static_cast<double>(value)));
    }
    CHECK(largest <= bound * (1 + 1e-6));
    if (list[i].value.size() < 1000) continue;
    CHECK(largest > 0.95 * bound);  // uniform numbers: variance bound^2 / 3, here within 5 standard errors
    const auto count = static_cast<double>(list[i].value.size());
    CHECK(std::abs(squares / count / (bound * bound / 3) - 1) < 5 * std::sqrt(0.8 / count));
  }
  Sequential other = net;
  std::get<Linear>(other[0]) = Linear(100, 2);
  initialize(other, 3, 0);
  CHECK(std::get<Conv2d>(other[1]).weight == std::get<Conv2d>(net[1]).weight);
  initialize(other, 4, 0);
  CHECK(std::get<Conv2d>(other[1]).weight != std::get<Conv2d>(net[1]).weight);
}

}  // namespace loom
