// Element-wise activation functions. To add one, add a row to the table in activation.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/image.h"
#include "core/json/json_item.h"
#include "core/types.h"
#include "nn/kernels/scratch.h"
#include "nn/widths.h"

namespace loom {

struct ActivationFunction {
  std::string_view name;                                          // as in weight files and recipes: "relu"
  void (*forward)(const Scalar* x, Scalar* y, Index count);       // y = f(x)
  void (*backward)(const Scalar* x, const Scalar* y, const Scalar* dy, Scalar* dx, Index count);  // dx = f'(x) dy
};

std::span<const ActivationFunction> activation_functions();
const ActivationFunction* find_activation(std::string_view name);  // nullptr if unknown

// The layer: it has no weights and only refers to a function.
struct Activation {
  const ActivationFunction* function = nullptr;

  // What nn/layer.h requires of every layer. Each function is its own kind of layer.
  static std::vector<std::string_view> kinds();
  std::string_view kind() const { return function->name; }
  std::string_view title() const { return function->name; }
  std::string sizes(std::string_view) const { return {}; }
  Widths widths(Index incoming) const { return {incoming, incoming}; }
  ImageShape output_shape(const ImageShape& incoming) const { return incoming; }
  double multiply_adds() const { return 0; }
  template <class See>
  void for_each_tensor(See&&) const {}  // has none
  void describe(Json&) const {}
  static Activation from_json(const JsonItem& item, Index& budget);
};

void forward(const Activation& layer, const Matrix& x, Matrix& y, Scratch&);
void backward(const Activation& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Activation& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
