// A network is a list of layers; a layer is one of a closed set of plain structs that hold only weights. A new layer is
// its own file and one name in the variant below; if the file lacks something, the concept says what. Exports to other
// formats (convert) refuse a layer that they do not know, by its kind.
#pragma once

#include <concepts>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "nn/activation.h"
#include "nn/conv2d.h"
#include "nn/conv_transpose2d.h"
#include "nn/flatten.h"
#include "nn/fourier.h"
#include "nn/linear.h"

namespace loom {

using Layer = std::variant<Linear, Conv2d, ConvTranspose2d, Flatten, Unflatten, Activation, Fourier>;
using Sequential = std::vector<Layer>;

// What a layer's file has, beside forward() and backward():
template <class L>
concept CompleteLayer = requires(const L& layer, L& grad, const Matrix& x, Matrix& y, Matrix* dx, Scratch& scratch,
                                 Json& json, const JsonItem& item, Index& budget) {
  forward(layer, x, y, scratch);  // y from x, one sample a row
  backward(layer, x, y, x, grad, dx, scratch);  // adds dL/dweights to grad, sets dx unless it is null
  { *std::begin(L::kinds()) } -> std::convertible_to<std::string_view>;  // its names in weight files, usually one
  { layer.kind() } -> std::convertible_to<std::string_view>;  // this one's
  { layer.title() } -> std::convertible_to<std::string_view>;  // for people: "transposed convolution"
  { layer.sizes(" -> ") } -> std::same_as<std::string>;  // "784 -> 400"; may be empty
  { layer.widths(Index{}) } -> std::same_as<Widths>;  // given the number that the layer before gives
  { layer.multiply_adds() } -> std::same_as<double>;  // for one sample
  layer.for_each_tensor([](const char*, Shape, const auto&) {});  // see(name, shape, numbers), file order
  layer.describe(json);  // adds to {"kind": ...} what makes the layer again
  { L::from_json(item, budget) } -> std::same_as<L>;  // from that; see model/network_json.h for `budget`
};

template <class... L>
constexpr bool all_complete(std::type_identity<std::variant<L...>>) {
  static_assert((CompleteLayer<L> && ...), "a layer's file lacks what CompleteLayer asks for");
  return true;
}
static_assert(all_complete(std::type_identity<Layer>()));

// The memory that passes through a network work in: outputs, gradients and scratch. Owned by the caller (one per
// thread) and reused from pass to pass; networks stay const.
struct Workspace {
  std::vector<Matrix> outputs;  // outputs[i] is the output of layer i, one row a sample
  std::vector<Matrix> gradients;  // gradients[i] is dL/d outputs[i] during a backward pass; the input's comes last
  Scratch scratch;
};

// Runs x (N, inputs) through all layers. Returns the output of the last one, which lives in `workspace`.
const Matrix& forward(const Sequential& net, const Matrix& x, Workspace& workspace);

// Adds dL/dweights to `grad`, given dL/d(last output) and the activations that `forward` left for the same x. Returns
// dL/dx if `want_dx` (it lives in `workspace`), else null: the first layer of a network can skip that product.
const Matrix* backward(const Sequential& net, const Matrix& x, const Matrix& dy, Workspace& workspace, Sequential& grad,
                       bool want_dx);

// Every trainable tensor, in file order, named prefix + "." + layer index + ".weight" | ".bias" as PyTorch's
// nn.Sequential does. This is the only list of tensors there is.
std::vector<Parameter> parameters(Sequential& net, std::string_view prefix);
std::vector<ConstParameter> parameters(const Sequential& net, std::string_view prefix);

// The same network with all numbers zero: the type of a gradient, a moment, an average.
Sequential zero_like(const Sequential& net);

// Throws Error naming `what` and the layer unless the first layer takes `inputs` numbers per sample and every other
// what the one before gives. Returns the number of outputs.
Index check_chain(const Sequential& net, Index inputs, std::string_view what);

// Multiplications and additions for one sample.
double multiply_adds(const Sequential& net);

// A layer's name in weight files, its name for people, and its sizes ("784 -> 400"; empty for an activation).
std::string_view kind_of(const Layer& layer);
std::string_view title_of(const Layer& layer);
std::string sizes_of(const Layer& layer, std::string_view arrow);

}  // namespace loom
