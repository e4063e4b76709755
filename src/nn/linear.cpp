#include "nn/linear.h"

namespace loom {

void forward(const Linear& layer, const Matrix& x, Matrix& y, Scratch&) {
  y.resize(x.rows(), layer.outputs());
  y.noalias() = x * layer.weight.transpose();
  y.rowwise() += layer.bias;
}

void backward(const Linear& layer, const Matrix& x, const Matrix&, const Matrix& dy, Linear& grad, Matrix* dx,
              Scratch&) {
  grad.weight.noalias() += dy.transpose() * x;
  grad.bias += dy.colwise().sum();
  if (!dx) return;
  dx->resize(x.rows(), x.cols());
  dx->noalias() = dy * layer.weight;
}

}  // namespace loom
