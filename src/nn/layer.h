// A network is a list of layers; a layer is one of a closed set of plain structs that hold only weights. A new layer is
// its own file, one name in this variant, one overload of `parameters` and one row in model/layer_json.cpp.
#pragma once

#include <string_view>
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

// What a pass through a network leaves behind. Owned by the caller (one per thread), reused from pass to pass; networks
// stay const.
struct Activations {
  std::vector<Matrix> outputs;  // outputs[i] is the output of layer i, one row a sample
  std::vector<Matrix> gradients;  // gradients[i] is dL/d outputs[i] during a backward pass; the input's comes last
  Scratch scratch;
};

// Runs x (N, inputs) through all layers. Returns the output of the last one, which lives in `activations`.
const Matrix& forward(const Sequential& net, const Matrix& x, Activations& activations);

// Adds dL/dweights to `grad`, given dL/d(last output) and the activations that `forward` left for the same x. Returns
// dL/dx if `want_dx` (it lives in `activations`), else null: a first layer that need not know saves a product.
const Matrix* backward(const Sequential& net, const Matrix& x, const Matrix& dy, Activations& activations,
                       Sequential& grad, bool want_dx);

// Every trainable tensor, in file order, named prefix + "." + layer index + ".weight" | ".bias" as PyTorch's
// nn.Sequential does. This is the only list of tensors there is.
std::vector<Parameter> parameters(Sequential& net, std::string_view prefix);
std::vector<ConstParameter> parameters(const Sequential& net, std::string_view prefix);

// The same network with all numbers zero: the type of a gradient, a moment, an average.
Sequential zero_like(const Sequential& net);

// Numbers per sample that the network takes and gives, and multiply-adds it spends on one. `inputs` must match the
// first layer and every layer the one before; check_chain throws Error naming `what` and the layer otherwise, and
// returns the number of outputs.
Index check_chain(const Sequential& net, Index inputs, std::string_view what);
double multiply_adds(const Sequential& net);

}  // namespace loom
