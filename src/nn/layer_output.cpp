#include "nn/layer_output.h"

namespace loom {

std::vector<ImageShape> output_shapes(const Sequential& net, const ImageShape& input) {
  std::vector<ImageShape> shapes;
  for (const Layer& layer : net) {
    const ImageShape& incoming = shapes.empty() ? input : shapes.back();
    shapes.push_back(std::visit([&](const auto& l) { return l.output_shape(incoming); }, layer));
  }
  return shapes;
}

void layer_outputs(const Sequential& net, const ImageShape& input, const Matrix& x, Workspace& workspace,
                   std::vector<LayerOutput>& out) {
  forward(net, x, workspace);
  const std::vector<ImageShape> shapes = output_shapes(net, input);
  out.resize(net.size());
  for (std::size_t i = 0; i < net.size(); ++i) {
    out[i].shape = shapes[i];
    const Index places = shapes[i].height * shapes[i].width;
    out[i].maps = ConstMatrixMap(workspace.outputs[i].data(), places, shapes[i].channels).transpose();
  }
}

Scalar unit_activation(const Scalar* row, const ImageShape& shape, Index unit) {
  const Index places = shape.height * shape.width;
  Scalar sum = 0;
  for (Index p = 0; p < places; ++p) sum += row[p * shape.channels + unit];
  return sum / static_cast<Scalar>(places);
}

Index weight_count(const Layer& layer) {
  Index count = 0;
  std::visit(
      [&](const auto& l) {
        l.for_each_tensor([&](const char*, const Shape&, const auto& values, const auto&) {
          count += static_cast<Index>(values.size());
        });
      },
      layer);
  return count;
}

}  // namespace loom
