// Where images meet dense layers. Convolutions work on channels-last images (H, W, C); a dense layer's weights are
// stored for PyTorch's flattening (C, H, W). Flatten and Unflatten reorder between the two, and are PyTorch's
// nn.Flatten and nn.Unflatten, so layer numbers agree with an nn.Sequential.
#pragma once

#include "core/image.h"
#include "core/types.h"
#include "nn/scratch.h"

namespace loom {

struct Flatten {
  ImageShape shape;  // x: rows of (H, W, C); y: rows of (C, H, W)
};

struct Unflatten {
  ImageShape shape;  // x: rows of (C, H, W); y: rows of (H, W, C)
};

void forward(const Flatten& layer, const Matrix& x, Matrix& y, Scratch&);
void backward(const Flatten& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Flatten& grad, Matrix* dx,
              Scratch&);
void forward(const Unflatten& layer, const Matrix& x, Matrix& y, Scratch&);
void backward(const Unflatten& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Unflatten& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
