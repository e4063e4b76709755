#include "nn/layer.h"

#include "core/error.h"

namespace loom {
namespace {

template <class... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};

// Calls see(name, shape, matrix or vector) for each tensor of a layer; the one place that knows which they are.
template <class See>
void tensors(const Linear& layer, See&& see) {
  see("weight", Shape{layer.weight.rows(), layer.weight.cols()}, layer.weight);
  see("bias", Shape{layer.bias.size()}, layer.bias);
}
template <class See>
void tensors(const Fourier& layer, See&& see) {
  see("weight", Shape{layer.weight.rows(), layer.weight.cols()}, layer.weight);
}
// Convolutions of both kinds: (channels of the small image, of the large image, kh, kw).
template <class Convolution, class See>
  requires requires(Convolution c) { c.map; }
void tensors(const Convolution& layer, See&& see) {
  const WindowMap& map = layer.map;
  see("weight", Shape{map.small.channels, map.large.channels, map.window.kernel_height, map.window.kernel_width},
      layer.weight);
  see("bias", Shape{layer.bias.size()}, layer.bias);
}
template <class Weightless, class See>
void tensors(const Weightless&, See&&) {}

}  // namespace

const Matrix& forward(const Sequential& net, const Matrix& x, Activations& a) {
  a.outputs.resize(net.size());
  const Matrix* input = &x;
  for (std::size_t i = 0; i < net.size(); ++i) {
    std::visit([&](const auto& layer) { forward(layer, *input, a.outputs[i], a.scratch); }, net[i]);
    input = &a.outputs[i];
  }
  return *input;
}

const Matrix* backward(const Sequential& net, const Matrix& x, const Matrix& dy, Activations& a, Sequential& grad,
                       bool want_dx) {
  a.gradients.resize(net.size());
  const Matrix* dout = &dy;
  for (std::size_t i = net.size(); i-- > 0;) {
    Matrix* dx = i > 0 || want_dx ? &a.gradients[i] : nullptr;
    std::visit(
        [&]<class L>(const L& layer) {
          backward(layer, i > 0 ? a.outputs[i - 1] : x, a.outputs[i], *dout, std::get<L>(grad[i]), dx, a.scratch);
        },
        net[i]);
    dout = dx;
  }
  return dout;
}

std::vector<ConstParameter> parameters(const Sequential& net, std::string_view prefix) {
  std::vector<ConstParameter> list;
  for (std::size_t i = 0; i < net.size(); ++i)
    std::visit(
        [&](const auto& layer) {
          tensors(layer, [&](const char* name, Shape shape, const auto& values) {
            list.push_back({text(prefix, '.', i, '.', name),
                            std::move(shape),
                            {values.data(), static_cast<std::size_t>(values.size())}});
          });
        },
        net[i]);
  return list;
}

std::vector<Parameter> parameters(Sequential& net, std::string_view prefix) {
  std::vector<Parameter> list;
  for (ConstParameter& p : parameters(static_cast<const Sequential&>(net), prefix))
    list.push_back({std::move(p.name), std::move(p.shape), {const_cast<Scalar*>(p.value.data()), p.value.size()}});
  return list;
}

Sequential zero_like(const Sequential& net) {
  Sequential zero = net;
  for (Parameter& p : parameters(zero, "")) std::fill(p.value.begin(), p.value.end(), Scalar(0));
  return zero;
}

Index check_chain(const Sequential& net, Index inputs, std::string_view what) {
  Index width = inputs;
  for (std::size_t i = 0; i < net.size(); ++i) {
    const auto [in, out] = std::visit(
        Overload{[](const Linear& l) { return std::pair(l.inputs(), l.outputs()); },
                 [](const Fourier& l) { return std::pair(l.inputs(), l.outputs()); },
                 [width](const Activation&) { return std::pair(width, width); },
                 [](const Flatten& l) { return std::pair(l.shape.size(), l.shape.size()); },
                 [](const Unflatten& l) { return std::pair(l.shape.size(), l.shape.size()); },
                 [](const auto& convolution) { return std::pair(convolution.in().size(), convolution.out().size()); }},
        net[i]);
    if (in != width) fail(what, '[', i, "]: takes ", in, " numbers, but ", width, " come from the layer before");
    width = out;
  }
  return width;
}

double multiply_adds(const Sequential& net) {
  double total = 0;
  for (const Layer& layer : net)
    total += std::visit(Overload{[](const Linear& l) { return static_cast<double>(l.weight.size()); },
                                 [](const Fourier& l) { return static_cast<double>(l.weight.size()); },
                                 [](const Flatten&) { return 0.0; }, [](const Unflatten&) { return 0.0; },
                                 [](const Activation&) { return 0.0; },
                                 [](const auto& convolution) {
                                   const ImageShape& small = convolution.map.small;
                                   return static_cast<double>(convolution.weight.size()) *
                                          static_cast<double>(small.height * small.width);
                                 }},
                        layer);
  return total;
}

}  // namespace loom
