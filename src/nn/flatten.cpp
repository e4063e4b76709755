#include "nn/flatten.h"

#include "nn/layer_json.h"

namespace loom {
namespace {

// Transposes each row of `from`, read as a (rows, columns) matrix.
void transpose_rows(const Matrix& from, Index rows, Index columns, Matrix& to) {
  to.resize(from.rows(), from.cols());
  for (Index n = 0; n < from.rows(); ++n)
    MatrixMap(to.row(n).data(), columns, rows) = ConstMatrixMap(from.row(n).data(), rows, columns).transpose();
}

void to_channels_first(const ImageShape& shape, const Matrix& from, Matrix& to) {
  transpose_rows(from, shape.height * shape.width, shape.channels, to);
}

void to_channels_last(const ImageShape& shape, const Matrix& from, Matrix& to) {
  transpose_rows(from, shape.channels, shape.height * shape.width, to);
}

}  // namespace

void forward(const Flatten& layer, const Matrix& x, Matrix& y, Scratch&) { to_channels_first(layer.shape, x, y); }

void backward(const Flatten& layer, const Matrix&, const Matrix&, const Matrix& dy, Flatten&, Matrix* dx, Scratch&) {
  if (dx) to_channels_last(layer.shape, dy, *dx);
}

void forward(const Unflatten& layer, const Matrix& x, Matrix& y, Scratch&) { to_channels_last(layer.shape, x, y); }

void backward(const Unflatten& layer, const Matrix&, const Matrix&, const Matrix& dy, Unflatten&, Matrix* dx,
              Scratch&) {
  if (dx) to_channels_first(layer.shape, dy, *dx);
}

void Flatten::describe(Json& json) const { json.set("shape", image_shape_json(shape)); }

Flatten Flatten::from_json(const JsonItem& item, Index&) {
  item.allow_only({"kind", "shape"});
  return {image_shape_from_json(item.at("shape"))};
}

void Unflatten::describe(Json& json) const { json.set("shape", image_shape_json(shape)); }

Unflatten Unflatten::from_json(const JsonItem& item, Index&) {
  item.allow_only({"kind", "shape"});
  return {image_shape_from_json(item.at("shape"))};
}

}  // namespace loom
