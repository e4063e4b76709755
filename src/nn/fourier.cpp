#include "nn/fourier.h"

#include <algorithm>

#include "core/math.h"
#include "core/text.h"
#include "nn/kernels/gemm.h"
#include "nn/kernels/vector.h"
#include "nn/layer_json.h"

namespace loom {

// Computes angles = x B^T with the dense layers' gemm, which needs columns that fill whole vectors.
void forward(const Fourier& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  const Index inputs = layer.inputs(), frequencies = layer.weight.rows();
  const Index lanes = (frequencies + kLanes - 1) / kLanes * kLanes;
  MatrixMap angles = scratch.matrix(0, x.rows(), lanes), weights = scratch.matrix(1, inputs, lanes);
  for (Index i = 0; i < inputs; ++i) std::fill_n(weights.row(i).data() + frequencies, lanes - frequencies, Scalar(0));
  transpose(frequencies, inputs, layer.weight.data(), inputs, weights.data(), lanes);
  gemm({.m = x.rows(),
        .n = lanes,
        .k = inputs,
        .a = x.data(),
        .a_row = inputs,
        .a_column = 1,
        .b = weights.data(),
        .ldb = lanes,
        .c = angles.data(),
        .ldc = lanes});
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
  const Gemm weights{.m = frequencies,
                     .n = inputs,
                     .k = x.rows(),
                     .a = slope.data(),  // transposed
                     .a_row = 1,
                     .a_column = frequencies,
                     .b = x.data(),
                     .ldb = inputs,
                     .c = grad.weight.data(),
                     .ldc = inputs,
                     .accumulate = true};
  if (is_portable())
    gemm(weights);
  else
    grad.weight.noalias() += slope.transpose() * x;
  if (!dx) return;
  *dx = dy.leftCols(inputs);
  const Gemm backwards{.m = x.rows(),
                       .n = inputs,
                       .k = frequencies,
                       .a = slope.data(),
                       .a_row = frequencies,
                       .a_column = 1,
                       .b = layer.weight.data(),
                       .ldb = inputs,
                       .c = dx->data(),
                       .ldc = inputs,
                       .accumulate = true};
  if (is_portable())
    gemm(backwards);
  else
    dx->noalias() += slope * layer.weight;
}

std::string Fourier::sizes(std::string_view arrow) const { return text(inputs(), arrow, outputs()); }

void Fourier::describe(Json& json) const { json.set("in", inputs()).set("frequencies", weight.rows()); }

Fourier Fourier::from_json(const JsonItem& item, Index& budget) {
  item.allow_only({"kind", "in", "frequencies"});
  const Index in = width_from_json(item.at("in")), frequencies = width_from_json(item.at("frequencies"));
  spend_weights(std::int64_t{in} * frequencies, item, budget);
  return {in, frequencies};
}

}  // namespace loom
