// Two-dimensional transposed convolution, the adjoint of the convolution with the same window:
//   y[v*stride + i - pad_top, u*stride + j - pad_left, o] += W[c, o, i, j] x[v, u, c],  plus b[o].
// Rows of x and y are channels-last images; the weight is stored as PyTorch's (C, O, kh, kw), C input channels.
#pragma once

#include "core/parameter.h"
#include "nn/scratch.h"
#include "nn/window.h"

namespace loom {

struct ConvTranspose2d {
  WindowMap map;   // from the output (large) to the input (small)
  Matrix weight;   // (C, O*kh*kw)
  RowVector bias;  // (O)

  ConvTranspose2d() = default;
  ConvTranspose2d(const ImageShape& input, Index out_channels, const Window& sliding);

  const ImageShape& in() const { return map.small; }
  const ImageShape& out() const { return map.large; }
};

void forward(const ConvTranspose2d& layer, const Matrix& x, Matrix& y, Scratch&);

// dW += dy (*) x, db += sum of dy, dx = the convolution of dy with W; dx may be null.
void backward(const ConvTranspose2d& layer, const Matrix& x, const Matrix& y, const Matrix& dy, ConvTranspose2d& grad,
              Matrix* dx, Scratch&);

}  // namespace loom
