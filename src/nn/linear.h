// Fully connected layer, y = x W^T + b.  N batch, I inputs, O outputs; x (N, I), y (N, O), W (O, I), b (O).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/image.h"
#include "core/json/json_item.h"
#include "core/parameter.h"
#include "core/types.h"
#include "nn/kernels/scratch.h"
#include "nn/widths.h"

namespace loom {

struct Linear {
  Matrix weight;   // (O, I)
  RowVector bias;  // (O)

  Linear() = default;
  Linear(Index inputs, Index outputs) : weight(outputs, inputs), bias(outputs) {}

  Index inputs() const { return weight.cols(); }
  Index outputs() const { return weight.rows(); }

  // What nn/layer.h requires of every layer.
  static constexpr std::array<std::string_view, 1> kinds() { return {"linear"}; }
  std::string_view kind() const { return kinds()[0]; }
  std::string_view title() const { return "linear"; }
  std::string sizes(std::string_view arrow) const;
  Widths widths(Index) const { return {inputs(), outputs()}; }
  ImageShape output_shape(const ImageShape&) const { return {outputs(), 1, 1}; }
  double multiply_adds() const { return static_cast<double>(weight.size()); }
  template <class See>
  void for_each_tensor(See&& see) const {
    const Shape shape{weight.rows(), weight.cols()};
    see("weight", shape, weight, fan_in_initial(shape));
    see("bias", Shape{bias.size()}, bias, fan_in_initial(shape));
  }
  void describe(Json& json) const;
  static Linear from_json(const JsonItem& item, Index& budget);
};

void forward(const Linear& layer, const Matrix& x, Matrix& y, Scratch&);

// dW += dy^T x, db += sum over N of dy, dx = dy W. `dx` may be null for the first layer of a network.
void backward(const Linear& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Linear& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
