// Two-dimensional transposed convolution, the adjoint of the convolution with the same window:
//   y[v*stride + i - pad_top, u*stride + j - pad_left, o] += W[c, o, i, j] x[v, u, c],  plus b[o].
// Rows of x and y are channels-last images; the weight is stored as PyTorch's (C, O, kh, kw), C input channels.
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

struct ConvTranspose2d {
  WindowMap map;   // from the output (large) to the input (small)
  Matrix weight;   // (C, O*kh*kw)
  RowVector bias;  // (O)

  ConvTranspose2d() = default;
  ConvTranspose2d(const ImageShape& input, Index out_channels, const Window& sliding);

  const ImageShape& in() const { return map.small; }
  const ImageShape& out() const { return map.large; }

  // What nn/layer.h requires of every layer.
  static constexpr std::array<std::string_view, 1> kinds() { return {"conv_transpose2d"}; }
  std::string_view kind() const { return kinds()[0]; }
  std::string_view title() const { return "transposed convolution"; }
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
  static ConvTranspose2d from_json(const JsonItem& item, Index& budget);
};

void forward(const ConvTranspose2d& layer, const Matrix& x, Matrix& y, Scratch&);

// dW += the correlation of dy with x, db += the sum of dy over images and positions, dx = the convolution of dy with W;
// dx may be null.
void backward(const ConvTranspose2d& layer, const Matrix& x, const Matrix& y, const Matrix& dy, ConvTranspose2d& grad,
              Matrix* dx, Scratch&);

}  // namespace loom
