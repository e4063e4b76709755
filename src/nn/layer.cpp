#include "nn/layer.h"

#include "core/error.h"

namespace loom {
const Matrix& forward(const Sequential& net, const Matrix& x, Workspace& a) {
  return forward_first(net, net.size(), x, a);
}

const Matrix& forward_first(const Sequential& net, std::size_t count, const Matrix& x, Workspace& a) {
  a.outputs.resize(net.size());
  const Matrix* input = &x;
  for (std::size_t i = 0; i < count; ++i) {
    std::visit([&](const auto& layer) { forward(layer, *input, a.outputs[i], a.scratch); }, net[i]);
    input = &a.outputs[i];
  }
  return *input;
}

const Matrix* backward(const Sequential& net, const Matrix& x, const Matrix& dy, Workspace& a, Sequential& grad,
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
          layer.for_each_tensor([&](const char* name, Shape shape, const auto& values, const Initial&) {
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
    const auto [in, out] = std::visit([width](const auto& layer) { return layer.widths(width); }, net[i]);
    if (in != width) fail(what, '[', i, "]: takes ", in, " numbers, but ", width, " come from the layer before");
    width = out;
  }
  return width;
}

double multiply_adds(const Sequential& net) {
  double total = 0;
  for (const Layer& layer : net) total += std::visit([](const auto& l) { return l.multiply_adds(); }, layer);
  return total;
}

std::string_view kind_of(const Layer& layer) {
  return std::visit([](const auto& l) { return l.kind(); }, layer);
}

std::string_view title_of(const Layer& layer) {
  return std::visit([](const auto& l) { return l.title(); }, layer);
}

std::string sizes_of(const Layer& layer, std::string_view arrow) {
  return std::visit([&](const auto& l) { return l.sizes(arrow); }, layer);
}

}  // namespace loom
