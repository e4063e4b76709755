#include "nn/conv_transpose2d.h"

#include "core/text.h"
#include "nn/layer_json.h"

namespace loom {

ConvTranspose2d::ConvTranspose2d(const ImageShape& input, Index out_channels, const Window& sliding)
    : map{large_shape(input, sliding, out_channels), input, sliding},
      weight(input.channels, out_channels * sliding.taps()),
      bias(out_channels) {}

void forward(const ConvTranspose2d& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  conv2d_backward_input(layer.map, layer.weight, &layer.bias, x, y, scratch);
}

void backward(const ConvTranspose2d& layer, const Matrix& x, const Matrix&, const Matrix& dy, ConvTranspose2d& grad,
              Matrix* dx, Scratch& scratch) {
  conv2d_backward_weight(layer.map, dy, x, grad.weight, scratch);
  conv2d_backward_bias(dy, grad.bias);
  if (dx) conv2d_forward(layer.map, layer.weight, nullptr, dy, *dx, scratch);
}

std::string ConvTranspose2d::sizes(std::string_view arrow) const {
  return text(image_shape_text(in()), arrow, image_shape_text(out()));
}

void ConvTranspose2d::describe(Json& json) const { describe_window({in(), out(), map.window}, json); }

ConvTranspose2d ConvTranspose2d::from_json(const JsonItem& item, Index& budget) {
  const WindowDescription d = window_from_json(item, budget);
  ConvTranspose2d layer(d.in, d.out.channels, d.window);
  check_output(layer.out(), d.out, item);
  return layer;
}

}  // namespace loom
