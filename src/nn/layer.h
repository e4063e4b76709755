// A network is a list of layers; a layer is one of a closed set of plain structs that hold only weights. To add a
// layer, write its file and add its name to the variant below; the concept reports what the file lacks. ONNX
// (src/convert/onnx.cpp) needs a function for it, and tools/load_in_pytorch.py a line.
#pragma once

#include <concepts>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/image.h"
#include "nn/activation.h"
#include "nn/conv2d.h"
#include "nn/conv_transpose2d.h"
#include "nn/flatten.h"
#include "nn/fourier.h"
#include "nn/linear.h"

namespace loom {

using Layer = std::variant<Linear, Conv2d, ConvTranspose2d, Flatten, Unflatten, Activation, Fourier>;
using Sequential = std::vector<Layer>;

// What a layer's file must define:
template <class L>
concept CompleteLayer = requires(const L& layer, L& grad, const Matrix& x, Matrix& y, Matrix* dx, Scratch& scratch,
                                 Json& json, const JsonItem& item, Index& budget) {
  forward(layer, x, y, scratch);  // y from x, one sample per row
  backward(layer, x, y, x, grad, dx, scratch);  // adds dL/dweights to grad, sets dx unless it is null
  { *std::begin(L::kinds()) } -> std::convertible_to<std::string_view>;  // its names in weight files, usually one
  { layer.kind() } -> std::convertible_to<std::string_view>;  // this one's
  { layer.title() } -> std::convertible_to<std::string_view>;  // for display: "transposed convolution"
  { layer.sizes(" -> ") } -> std::same_as<std::string>;  // for display: "784 -> 400"; may be empty
  { layer.widths(Index{}) } -> std::same_as<Widths>;  // given the number of outputs of the previous layer
  { layer.output_shape(ImageShape{}) } -> std::same_as<ImageShape>;  // given the input's shape; layer_output.h
  { layer.multiply_adds() } -> std::same_as<double>;  // for one sample
  layer.for_each_tensor([](const char*, Shape, const auto&, Initial) {});  // see(name, shape, numbers, how they start)
  layer.describe(json);  // adds to {"kind": ...} all that from_json needs
  { L::from_json(item, budget) } -> std::same_as<L>;  // the layer described; model/network_json.h explains `budget`
};

template <class... L>
constexpr bool all_complete(std::type_identity<std::variant<L...>>) {
  static_assert((CompleteLayer<L> && ...), "a layer's file lacks what CompleteLayer asks for");
  return true;
}
static_assert(all_complete(std::type_identity<Layer>()));

// Working memory of forward and backward passes: outputs, gradients and scratch. Owned by the caller (one per thread)
// and reused for every pass; networks stay const.
struct Workspace {
  std::vector<Matrix> outputs;  // outputs[i] is the output of layer i, one row per sample
  std::vector<Matrix> gradients;  // gradients[i] is dL/d outputs[i] during a backward pass; the input's comes last
  Scratch scratch;
};

// Runs x (N, inputs) through all layers. Returns the output of the last one, which lives in `workspace`.
const Matrix& forward(const Sequential& net, const Matrix& x, Workspace& workspace);

// The same for the first `count` layers only, at least one.
const Matrix& forward_first(const Sequential& net, std::size_t count, const Matrix& x, Workspace& workspace);

// Adds dL/dweights to `grad`, given dL/d(last output) and the activations that `forward` left for the same x. Returns
// dL/dx (in `workspace`) if `want_dx`, else null, which saves the first layer of a network that product.
const Matrix* backward(const Sequential& net, const Matrix& x, const Matrix& dy, Workspace& workspace, Sequential& grad,
                       bool want_dx);

// Every trainable tensor, in file order, named prefix + "." + layer index + ".weight" | ".bias" as PyTorch's
// nn.Sequential does. All other code takes the list of tensors from here.
std::vector<Parameter> parameters(Sequential& net, std::string_view prefix);
std::vector<ConstParameter> parameters(const Sequential& net, std::string_view prefix);

// The same network with all weights zero, for gradients.
Sequential zero_like(const Sequential& net);

// Throws Error naming `what` and the layer unless the first layer takes `inputs` numbers per sample and every other
// layer takes as many as the previous one outputs. Returns the number of outputs of the last.
Index check_chain(const Sequential& net, Index inputs, std::string_view what);

// Number of multiply-add operations for one sample.
double multiply_adds(const Sequential& net);

// A layer's name in weight files, its name for display, and its sizes ("784 -> 400"; empty for an activation).
std::string_view kind_of(const Layer& layer);
std::string_view title_of(const Layer& layer);
std::string sizes_of(const Layer& layer, std::string_view arrow);

}  // namespace loom
