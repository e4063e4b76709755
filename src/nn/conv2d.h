// Two-dimensional convolution (cross-correlation, as everywhere in this field):
//   y[v, u, o] = b[o] + sum_{i, j, c} W[o, c, i, j] x[v*stride + i - pad_top, u*stride + j - pad_left, c].
// Rows of x and y are channels-last images; the weight is stored as PyTorch's (O, C, kh, kw).
#pragma once

#include "core/parameter.h"
#include "nn/scratch.h"
#include "nn/window.h"

namespace loom {

struct Conv2d {
  WindowMap map;   // from the input (large) to the output (small)
  Matrix weight;   // (O, C*kh*kw)
  RowVector bias;  // (O)

  Conv2d() = default;
  Conv2d(const ImageShape& input, Index out_channels, const Window& sliding);

  const ImageShape& in() const { return map.large; }
  const ImageShape& out() const { return map.small; }
};

void forward(const Conv2d& layer, const Matrix& x, Matrix& y, Scratch&);

// dW += x (*) dy, db += sum of dy, dx = the transposed convolution of dy with W; dx may be null.
void backward(const Conv2d& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Conv2d& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
