#include "convert/onnx.h"

#include <algorithm>
#include <array>
#include <optional>

#include "convert/onnx_graph.h"
#include "core/error.h"
#include "core/find_named.h"

namespace loom {
namespace {

using Operator = std::string (*)(OnnxGraph&, const std::string& x);

template <const char* Name>
std::string plain(OnnxGraph& graph, const std::string& x) {
  return graph.node(Name, {x});
}
constexpr char kRelu[] = "Relu", kTanh[] = "Tanh", kSigmoid[] = "Sigmoid";

std::string silu(OnnxGraph& graph, const std::string& x) { return graph.node("Mul", {x, graph.node("Sigmoid", {x})}); }

// x / (1 + e^-2u), u = sqrt(2/pi) (x + 0.044715 x^3), as in nn/activation.cpp. Not written with Sigmoid, because
// runtimes approximate it coarsely and the errors add up over layers. An overflow of e^-2u correctly gives 0.
std::string gelu_tanh(OnnxGraph& graph, const std::string& x) {
  const std::string square = graph.node("Mul", {x, x}), cube = graph.node("Mul", {square, x});
  const std::string sum = graph.node("Add", {x, graph.node("Mul", {cube, graph.number(0.044715f)})});
  const std::string power = graph.node("Exp", {graph.node("Mul", {sum, graph.number(-1.5957691216f)})});
  return graph.node("Div", {x, graph.node("Add", {power, graph.number(1)})});
}

struct NamedOperator {
  std::string_view name;  // an activation of nn/activation.cpp
  Operator build;
};
constexpr NamedOperator kActivations[] = {
    {"relu", plain<kRelu>}, {"tanh", plain<kTanh>},   {"sigmoid", plain<kSigmoid>},
    {"silu", silu},         {"gelu_tanh", gelu_tanh},
};

std::string clipped(OnnxGraph& graph, const std::string& x) {
  return graph.node("Clip", {x, graph.number(0), graph.number(1)});
}

// E[x] of the continuous Bernoulli (Loaiza-Ganem & Cunningham 2019, equation 8, in logits): 1 / (1 - e^-l) - 1 / l.
// Near 0, where both terms are large, its series 1/2 + l/12 - l^3/720 + l^5/30240 - l^7/1209600, whose error at 1 is
// 2e-8.
std::string continuous_bernoulli_mean(OnnxGraph& graph, const std::string& l) {
  const std::string one = graph.number(1), square = graph.node("Mul", {l, l});
  const std::string decay = graph.node("Exp", {graph.node("Neg", {l})});
  const std::string far =
      graph.node("Sub", {graph.node("Reciprocal", {graph.node("Sub", {one, decay})}), graph.node("Reciprocal", {l})});
  std::string series = graph.number(-1.0f / 1209600);
  for (const float coefficient : {1.0f / 30240, -1.0f / 720, 1.0f / 12})
    series = graph.node("Add", {graph.node("Mul", {series, square}), graph.number(coefficient)});
  const std::string near = graph.node("Add", {graph.node("Mul", {series, l}), graph.number(0.5f)});
  return graph.node("Where", {graph.node("Less", {square, one}), near, far});
}

// How logits become a picture; rows are the likelihoods of nn/likelihood/likelihood.cpp.
constexpr NamedOperator kMeans[] = {
    {"bernoulli", plain<kSigmoid>}, {"continuous_bernoulli", continuous_bernoulli_mean},
    {"mse", plain<kSigmoid>},       {"linear_mse", clipped},
    {"ssim", plain<kSigmoid>},      {"ssim_mse", plain<kSigmoid>},
};

Operator find_operator(std::span<const NamedOperator> table, std::string_view name, std::string_view what) {
  return find_named(table, name, text("ONNX: ", what)).build;
}

std::array<std::int64_t, 4> pads_of(const Window& w) { return {w.pad_top, w.pad_left, w.pad_bottom, w.pad_right}; }

// Builds a network layer by layer and keeps track of the form of the current value: images (batch, C, H, W) or rows of
// numbers. In our networks every value is rows of numbers, with images channels last; ONNX's images are channels
// first.
class Builder {
 public:
  Builder(OnnxGraph& graph, std::string prefix, std::string value, std::optional<ImageShape> image)
      : graph_(graph), prefix_(std::move(prefix)), value_(std::move(value)), image_(image) {}

  void add(const Sequential& net) {
    for (std::size_t i = 0; i < net.size(); ++i) {
      const Sequential one{net[i]};
      names_.clear();
      for (const ConstParameter& p : parameters(one, prefix_)) {
        // "encoder.0.weight" of this single layer is "encoder.<i>.weight" of the network.
        const std::string name = text(prefix_, '.', i, p.name.substr(p.name.rfind('.')));
        names_.push_back(graph_.weights(name, p.shape, std::vector<float>(p.value.begin(), p.value.end())));
      }
      std::visit([&](const auto& layer) { build(layer); }, net[i]);
    }
  }

  const std::string& as_rows() {
    if (image_) {
      if (is_ordered(*image_)) transpose({0, 2, 3, 1});
      flatten();
    }
    return value_;
  }

  const std::string& as_image(const ImageShape& shape) {
    if (image_ && *image_ != shape) as_rows();
    if (!image_ && is_ordered(shape)) {
      reshape({-1, shape.height, shape.width, shape.channels});
      transpose({0, 3, 1, 2});
    } else if (!image_) {
      reshape({-1, shape.channels, shape.height, shape.width});
    }
    image_ = shape;
    return value_;
  }

 private:
  // Whether channels first and channels last differ.
  static bool is_ordered(const ImageShape& s) { return s.channels > 1 && s.height * s.width > 1; }

  void transpose(const std::array<std::int64_t, 4>& order) {
    value_ = graph_.node("Transpose", {value_}, {onnx_attribute("perm", order)});
  }
  void reshape(std::initializer_list<std::int64_t> shape) {
    value_ = graph_.node("Reshape", {value_, graph_.integers(shape)});
  }
  void flatten() {
    value_ = graph_.node("Flatten", {value_}, {onnx_attribute("axis", 1)});
    image_.reset();
  }

  // One for every kind of layer; without it this file does not compile. For a layer that ONNX cannot express, throw
  // Error naming its kind.
  void build(const Linear&) {
    value_ = graph_.node("Gemm", {as_rows(), names_[0], names_[1]}, {onnx_attribute("transB", 1)});
  }
  void build(const Fourier&) {
    const std::string x = as_rows();
    const std::string turned = graph_.node("Transpose", {names_[0]});
    const std::string angles = graph_.node("MatMul", {x, turned});
    value_ = graph_.node("Concat", {x, graph_.node("Sin", {angles}), graph_.node("Cos", {angles})},
                         {onnx_attribute("axis", 1)});
  }
  void build(const Conv2d& layer) { window("Conv", layer.in(), layer.out(), layer.map.window); }
  void build(const ConvTranspose2d& layer) { window("ConvTranspose", layer.in(), layer.out(), layer.map.window); }
  void build(const Flatten& layer) {
    as_image(layer.shape);
    flatten();
  }
  void build(const Unflatten& layer) {
    as_rows();
    reshape({-1, layer.shape.channels, layer.shape.height, layer.shape.width});
    image_ = layer.shape;
  }
  void build(const Activation& layer) {
    value_ = find_operator(kActivations, layer.function->name, "activation")(graph_, value_);
  }

  // Pads are explicit on all four sides, which replaces PyTorch's output_padding.
  void window(std::string_view type, const ImageShape& in, const ImageShape& out, const Window& w) {
    const std::array<std::int64_t, 2> kernel{w.kernel_height, w.kernel_width}, stride{w.stride_height, w.stride_width};
    value_ = graph_.node(type, {as_image(in), names_[0], names_[1]},
                         {onnx_attribute("kernel_shape", kernel), onnx_attribute("strides", stride),
                          onnx_attribute("pads", pads_of(w))});
    image_ = out;
  }

  OnnxGraph& graph_;
  std::string prefix_, value_;
  std::optional<ImageShape> image_;
  std::vector<std::string> names_;  // of the weights of the layer that is being built
};

Shape shape_of(const ImageShape& image) { return {image.channels, image.height, image.width}; }

std::string columns(OnnxGraph& graph, const std::string& x, Index begin, Index end, std::string output) {
  return graph.node("Slice", {x, graph.integers({begin}), graph.integers({end}), graph.integers({1})}, {},
                    std::move(output));
}

}  // namespace

std::string onnx_encoder(const Model& model) {
  const ModelSpec& spec = model.spec;
  const Index latent = spec.latent_dim;
  OnnxGraph graph;
  graph.input("image", shape_of(spec.image));
  Builder builder(graph, "encoder", "image", spec.image);
  builder.add(model.encoder);
  const std::string& code = builder.as_rows();
  if (spec.variational) {
    columns(graph, code, 0, latent, "mu");
    const std::string raw = columns(graph, code, latent, 2 * latent, {});
    graph.node(
        "Clip",
        {raw, graph.number(static_cast<float>(spec.logvar_min)), graph.number(static_cast<float>(spec.logvar_max))}, {},
        "logvar");
    graph.output("mu", {latent});
    graph.output("logvar", {latent});
  } else {
    graph.node("Identity", {code}, {}, "code");
    graph.output("code", {latent});
  }
  return graph.file("encoder", spec.provenance);
}

std::string onnx_decoder(const Model& model) {
  const ModelSpec& spec = model.spec;
  OnnxGraph graph;
  graph.input("z", {spec.latent_dim});
  Builder builder(graph, "decoder", "z", std::nullopt);
  builder.add(model.decoder);
  const Operator mean = find_operator(kMeans, spec.likelihood, "likelihood");
  graph.node("Identity", {mean(graph, builder.as_image(spec.image))}, {}, "picture");
  graph.output("picture", shape_of(spec.image));
  return graph.file("decoder", spec.provenance);
}

}  // namespace loom
