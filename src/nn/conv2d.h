// Two-dimensional convolution (strictly a cross-correlation, as usual in deep learning):
//   y[v, u, o] = b[o] + sum_{i, j, c} W[o, c, i, j] x[v*stride + i - pad_top, u*stride + j - pad_left, c].
// Rows of x and y are channels-last images; the weight is stored as PyTorch's (O, C, kh, kw).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/json/json_item.h"
#include "core/parameter.h"
#include "nn/kernels/scratch.h"
#include "nn/kernels/window.h"
#include "nn/widths.h"

namespace loom {

struct Conv2d {
  WindowMap map;   // from the input (large) to the output (small)
  Matrix weight;   // (O, C*kh*kw)
  RowVector bias;  // (O)

  Conv2d() = default;
  Conv2d(const ImageShape& input, Index out_channels, const Window& sliding);

  const ImageShape& in() const { return map.large; }
  const ImageShape& out() const { return map.small; }

  // What nn/layer.h requires of every layer.
  static constexpr std::array<std::string_view, 1> kinds() { return {"conv2d"}; }
  std::string_view kind() const { return kinds()[0]; }
  std::string_view title() const { return "convolution"; }
  std::string sizes(std::string_view arrow) const;
  Widths widths(Index) const { return {in().size(), out().size()}; }
  ImageShape output_shape(const ImageShape&) const { return out(); }
  double multiply_adds() const { return window_multiply_adds(map); }
  template <class See>
  void for_each_tensor(See&& see) const {
    const Shape shape = window_weight_shape(map);
    see("weight", shape, weight, fan_in_initial(shape));
    see("bias", Shape{bias.size()}, bias, fan_in_initial(shape));
  }
  void describe(Json& json) const;
  static Conv2d from_json(const JsonItem& item, Index& budget);
};

void forward(const Conv2d& layer, const Matrix& x, Matrix& y, Scratch&);

// dW += the correlation of x with dy, db += the sum of dy over images and positions, dx = the transposed convolution of
// dy with W; dx may be null.
void backward(const Conv2d& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Conv2d& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
