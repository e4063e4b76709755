#include "nn/linear.h"

#include <algorithm>

#include "core/text.h"
#include "nn/kernels/gemm.h"
#include "nn/kernels/vector.h"
#include "nn/layer_json.h"

namespace loom {
namespace {

enum LinearSlot { kInputs, kOutputs };  // slots of the scratch memory

// gemm computes the columns that fill whole vectors. Eigen computes the rest, such as a two-dimensional latent space:
// the published models were trained with its order of summation. In portable arithmetic gemm computes all.
Index whole_vectors(Index columns) { return is_portable() ? columns : columns / kLanes * kLanes; }

// y^T = W x^T, with one image per vector lane, so W is read only once and in storage order. x (N, I), y (N, O),
// W (O, I).
void forward_many(const Linear& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  const Index images = x.rows(), lanes = (images + kLanes - 1) / kLanes * kLanes;
  MatrixMap inputs = scratch.matrix(kInputs, layer.inputs(), lanes);
  MatrixMap outputs = scratch.matrix(kOutputs, layer.outputs(), lanes);
  if (lanes > images)
    for (Index i = 0; i < layer.inputs(); ++i) std::fill_n(inputs.row(i).data() + images, lanes - images, Scalar(0));
  transpose(images, x.cols(), x.data(), x.cols(), inputs.data(), lanes);
  gemm({.m = layer.outputs(),
        .n = lanes,
        .k = layer.inputs(),
        .a = layer.weight.data(),
        .a_row = layer.inputs(),
        .a_column = 1,
        .b = inputs.data(),
        .ldb = lanes,
        .c = outputs.data(),
        .ldc = lanes});
  transpose(layer.outputs(), images, outputs.data(), lanes, y.data(), y.cols());
}

}  // namespace

void forward(const Linear& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  y.resize(x.rows(), layer.outputs());
  if (x.rows() == 1)
    gemv(layer.outputs(), layer.inputs(), layer.weight.data(), x.data(), y.data());
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
  gemm({.m = outputs,
        .n = vectors,
        .k = images,
        .a = dy.data(),  // transposed
        .a_row = 1,
        .a_column = outputs,
        .b = x.data(),
        .ldb = inputs,
        .c = grad.weight.data(),
        .ldc = inputs,
        .accumulate = true});
  if (!is_portable() && rest > 0) grad.weight.rightCols(rest).noalias() += dy.transpose() * x.rightCols(rest);
  add_column_sums(dy.data(), images, grad.bias);
  if (!dx) return;
  dx->resize(images, inputs);
  gemm({.m = images,
        .n = vectors,
        .k = outputs,
        .a = dy.data(),
        .a_row = outputs,
        .a_column = 1,
        .b = layer.weight.data(),
        .ldb = inputs,
        .c = dx->data(),
        .ldc = inputs});
  if (!is_portable() && rest > 0) dx->rightCols(rest).noalias() = dy * layer.weight.rightCols(rest);
}

std::string Linear::sizes(std::string_view arrow) const { return text(inputs(), arrow, outputs()); }

void Linear::describe(Json& json) const { json.set("in", inputs()).set("out", outputs()); }

Linear Linear::from_json(const JsonItem& item, Index& budget) {
  item.allow_only({"kind", "in", "out"});
  const Index in = width_from_json(item.at("in")), out = width_from_json(item.at("out"));
  spend_weights((std::int64_t{in} + 1) * out, item, budget);
  return {in, out};
}

}  // namespace loom
