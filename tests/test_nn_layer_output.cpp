#include "nn/layer_output.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "explorer/texts/layers.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "small_spec.h"

namespace loom {
namespace {

std::vector<Model> layered_models() {
  std::vector<Model> list;
  for (const char* architecture : {"dense", "conv", "linear"})
    for (const ActivationFunction& function : activation_functions())
      list.push_back(build_model(small_spec(12, 10, 3), architecture,
                                 {.channels = {4, 6},
                                  .hidden = {17},
                                  .activation = std::string(function.name),
                                  .fourier_features = architecture == std::string("dense") ? 9 : 0},
                                 5));
  return list;
}

TEST_CASE("layer_outputs: each is its layer's result for the previous one; the last is the network's") {
  for (const Model& model : layered_models())
    for (const bool encodes : {true, false}) {
      const Sequential& net = encodes ? model.encoder : model.decoder;
      const ImageShape input = encodes ? model.spec.image : ImageShape{model.spec.latent_dim, 1, 1};
      const Matrix x = encodes ? random_pixels(1, input.size(), 3) : random_matrix(1, input.size(), 4);
      Workspace workspace, single;
      std::vector<LayerOutput> outputs;
      layer_outputs(net, input, x, workspace, outputs);
      REQUIRE(outputs.size() == net.size());
      Matrix before = x;
      for (std::size_t i = 0; i < net.size(); ++i) {
        CAPTURE(kind_of(net[i]));
        const Matrix after = forward({net[i]}, before, single);
        const LayerOutput& out = outputs[i];
        REQUIRE(out.shape.size() == after.size());
        CHECK(out.maps.rows() == out.shape.channels);
        CHECK(out.maps.cols() == out.shape.height * out.shape.width);
        // Flatten puts the channels-last numbers of a layer into PyTorch's order, map after map.
        const Matrix flat = forward({Flatten{out.shape}}, after, single);
        CHECK(flat == ConstMatrixMap(out.maps.data(), 1, out.maps.size()));
        for (Index u = 0; u < out.shape.channels; ++u)
          CHECK(unit_activation(after.data(), out.shape, u) == doctest::Approx(out.maps.row(u).mean()).epsilon(1e-5));
        before = after;
      }
      CHECK(before == forward(net, x, workspace));
      if (encodes) continue;
      Matrix picture, expected;
      decode(model, x, workspace, expected);
      find_likelihood(model.spec.likelihood)
          ->mean(ConstMatrixMap(outputs.back().maps.data(), 1, before.size()), picture);
      CHECK(picture == expected);
    }
}

TEST_CASE("output_shapes: units, and the feature maps of convolutions") {
  const Model conv = build_model(small_spec(12, 10, 3), "conv", {.channels = {4, 6}, .hidden = {17}}, 1);
  const std::vector<ImageShape> shapes = output_shapes(conv.encoder, conv.spec.image);
  const std::vector<ImageShape> expected{{4, 6, 5},  {4, 6, 5},  {6, 3, 3},  {6, 3, 3},
                                         {54, 1, 1}, {17, 1, 1}, {17, 1, 1}, {6, 1, 1}};
  CHECK(shapes == expected);
  CHECK(output_shapes(conv.decoder, {3, 1, 1}).back() == conv.spec.image);
  CHECK(output_shapes({}, {3, 1, 1}).empty());
}

TEST_CASE("forward_first: the first layers of a network, and no others") {
  for (const Model& model : layered_models()) {
    const Matrix z = random_matrix(3, 3, 8);
    Workspace all, some;
    forward(model.decoder, z, all);
    for (std::size_t count = 1; count <= model.decoder.size(); ++count)
      CHECK(forward_first(model.decoder, count, z, some) == all.outputs[count - 1]);
  }
}

TEST_CASE("weight_count: the counts of all layers sum to the model's") {
  for (const Model& model : layered_models()) {
    Index count = 0;
    for (const Sequential* net : {&model.encoder, &model.decoder})
      for (const Layer& layer : *net) count += weight_count(layer);
    CHECK(count == parameter_count(model));
  }
  CHECK(weight_count(Linear(3, 4)) == 16);
  CHECK(weight_count(Conv2d({3, 9, 9}, 5, {3, 3, 2, 2, 1, 1, 1, 1})) == 3 * 5 * 9 + 5);
  CHECK(weight_count(Fourier(2, 9)) == 18);
  CHECK(weight_count(Flatten{}) == 0);
}

template <class... L>
std::vector<std::string_view> all_kinds(std::type_identity<std::variant<L...>>) {
  std::vector<std::string_view> kinds;
  (
      [&] {
        for (const std::string_view kind : L::kinds()) kinds.push_back(kind);
      }(),
      ...);
  return kinds;
}

TEST_CASE("texts: every kind of layer has a row with its own name, formula and sentence") {
  const std::vector<std::string_view> kinds = all_kinds(std::type_identity<Layer>());
  CHECK(kinds.size() == texts::kLayers.size());
  std::set<std::string_view> names, formulas;
  for (const std::string_view kind : kinds) {
    CAPTURE(kind);
    const texts::LayerWords row = texts::layer_words(kind);
    CHECK(row.what.size() > 30);
    CHECK(row.what.ends_with('.'));
    CHECK(row.formula.size() >= 5);
    CHECK(names.insert(row.name).second);
  }
  CHECK(texts::layer_words("attention").name == "attention");
  CHECK(texts::units_text(128, 1, 1) == "128 numbers");
  CHECK(texts::units_text(1, 28, 28) == "1 map of 28\u00d728");
  CHECK(texts::units_text(32, 7, 5) == "32 maps of 7\u00d75");
}

}  // namespace
}  // namespace loom
