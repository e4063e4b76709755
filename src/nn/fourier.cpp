#include "nn/fourier.h"

#include <algorithm>

#include "core/math.h"
#include "nn/product_kernel.h"
#include "nn/vector.h"

namespace loom {

// angles = x B^T by the kernel of dense layers, whose columns come in whole vectors.
void forward(const Fourier& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  const Index inputs = layer.inputs(), frequencies = layer.weight.rows();
  const Index lanes = (frequencies + kLanes - 1) / kLanes * kLanes;
  MatrixMap angles = scratch.matrix(0, x.rows(), lanes), weights = scratch.matrix(1, inputs, lanes);
  for (Index i = 0; i < inputs; ++i) std::fill_n(weights.row(i).data() + frequencies, lanes - frequencies, Scalar(0));
  transpose(layer.weight.data(), inputs, frequencies, inputs, weights.data(), lanes);
  multiply({x.data(), inputs, 1}, weights.data(), lanes, x.rows(), inputs, lanes, false, angles.data(), lanes);
  y.resize(x.rows(), layer.outputs());
  for (Index n = 0; n < x.rows(); ++n) {
    std::copy_n(x.row(n).data(), inputs, y.row(n).data());
    const Scalar* angle = angles.row(n).data();
    Scalar *sines = y.row(n).data() + inputs, *cosines = sines + frequencies;
    for (Index f = 0; f < frequencies; ++f) sines[f] = loom::sin(angle[f]);
    for (Index f = 0; f < frequencies; ++f) cosines[f] = loom::cos(angle[f]);
  }
}

void backward(const Fourier& layer, const Matrix& x, const Matrix& y, const Matrix& dy, Fourier& grad, Matrix* dx,
              Scratch& scratch) {
  const Index inputs = layer.inputs(), frequencies = layer.weight.rows();
  const auto sines = y.middleCols(inputs, frequencies), cosines = y.rightCols(frequencies);
  MatrixMap slope = scratch.matrix(0, x.rows(), frequencies);
  slope = dy.middleCols(inputs, frequencies).cwiseProduct(cosines) - dy.rightCols(frequencies).cwiseProduct(sines);
  grad.weight.noalias() += slope.transpose() * x;
  if (!dx) return;
  *dx = dy.leftCols(inputs);
  dx->noalias() += slope * layer.weight;
}

}  // namespace loom
