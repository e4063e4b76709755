// Fully connected layer, y = x W^T + b.  N batch, I inputs, O outputs; x (N, I), y (N, O), W (O, I), b (O).
#pragma once

#include "core/parameter.h"
#include "core/types.h"
#include "nn/scratch.h"

namespace loom {

struct Linear {
  Matrix weight;   // (O, I)
  RowVector bias;  // (O)

  Linear() = default;
  Linear(Index inputs, Index outputs) : weight(outputs, inputs), bias(outputs) {}

  Index inputs() const { return weight.cols(); }
  Index outputs() const { return weight.rows(); }
};

void forward(const Linear& layer, const Matrix& x, Matrix& y, Scratch&);

// dW += dy^T x, db += sum over N of dy, dx = dy W. `dx` may be null for the first layer of a network.
void backward(const Linear& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Linear& grad, Matrix* dx,
              Scratch&);

}  // namespace loom
