// Element-wise activations. A new one is a row in the table of activation.cpp.
#pragma once

#include <span>
#include <string_view>

#include "core/types.h"
#include "nn/scratch.h"

namespace loom {

struct ActivationFunction {
  std::string_view name;                                          // as in weight files and recipes: "relu"
  std::string_view torch;                                         // the PyTorch module that equals it
  void (*forward)(const Scalar* x, Scalar* y, Index count);       // y = f(x)
  void (*backward)(const Scalar* x, const Scalar* y, const Scalar* dy, Scalar* dx, Index count);  // dx = f'(x) dy
};

std::span<const ActivationFunction> activation_functions();
const ActivationFunction* find_activation(std::string_view name);  // nullptr if unknown

// The layer: no weights, only which function.
struct Activation {
  const ActivationFunction* function = nullptr;
};

void forward(const Activation& layer, const Matrix& x, Matrix& y, Scratch&);
void backward(const Activation& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Activation& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
