#include "nn/linear.h"

#include <algorithm>

#include "nn/product_kernel.h"
#include "nn/vector.h"

namespace loom {
namespace {

enum Slot { kInputs, kOutputs };  // of the scratch memory

// A kernel of ours takes whole vectors of columns; Eigen takes the rest, such as a latent space of two.
Index whole_vectors(Index columns) { return columns / kLanes * kLanes; }

// y^T = W x^T: images side by side in the lanes, so that W is read once, in its own order.
void forward_many(const Linear& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  const Index images = x.rows(), lanes = (images + kLanes - 1) / kLanes * kLanes;
  MatrixMap inputs = scratch.matrix(kInputs, layer.inputs(), lanes);
  MatrixMap outputs = scratch.matrix(kOutputs, layer.outputs(), lanes);
  if (lanes > images)
    for (Index i = 0; i < layer.inputs(); ++i) std::fill_n(inputs.row(i).data() + images, lanes - images, Scalar(0));
  transpose(x.data(), x.cols(), images, x.cols(), inputs.data(), lanes);
  multiply({layer.weight.data(), layer.inputs(), 1}, inputs.data(), lanes, layer.outputs(), layer.inputs(), lanes,
           false, outputs.data(), lanes);
  transpose(outputs.data(), lanes, layer.outputs(), images, y.data(), y.cols());
}

}  // namespace

void forward(const Linear& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  y.resize(x.rows(), layer.outputs());
  if (x.rows() == 1)
    multiply(layer.weight.data(), layer.outputs(), layer.inputs(), x.data(), y.data());
  else
    forward_many(layer, x, y, scratch);
  for (Index n = 0; n < y.rows(); ++n) {
    Scalar* row = y.row(n).data();
    for (Index o = 0; o < y.cols(); ++o) row[o] += layer.bias[o];
  }
}

void backward(const Linear& layer, const Matrix& x, const Matrix&, const Matrix& dy, Linear& grad, Matrix* dx,
              Scratch&) {
  const Index images = x.rows(), inputs = layer.inputs(), outputs = layer.outputs();
  const Index vectors = whole_vectors(inputs), rest = inputs - vectors;
  multiply({dy.data(), 1, outputs}, x.data(), inputs, outputs, images, vectors, true, grad.weight.data(), inputs);
  if (rest > 0) grad.weight.rightCols(rest).noalias() += dy.transpose() * x.rightCols(rest);
  grad.bias += dy.colwise().sum();
  if (!dx) return;
  dx->resize(images, inputs);
  multiply({dy.data(), outputs, 1}, layer.weight.data(), inputs, images, outputs, vectors, false, dx->data(), inputs);
  if (rest > 0) dx->rightCols(rest).noalias() = dy * layer.weight.rightCols(rest);
}

}  // namespace loom
