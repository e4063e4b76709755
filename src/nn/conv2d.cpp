#include "nn/conv2d.h"

#include "core/text.h"
#include "nn/layer_json.h"

namespace loom {

Conv2d::Conv2d(const ImageShape& input, Index out_channels, const Window& sliding)
    : map{input, small_shape(input, sliding, out_channels), sliding},
      weight(out_channels, input.channels * sliding.taps()),
      bias(out_channels) {}

void forward(const Conv2d& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  conv2d_forward(layer.map, layer.weight, &layer.bias, x, y, scratch);
}

void backward(const Conv2d& layer, const Matrix& x, const Matrix&, const Matrix& dy, Conv2d& grad, Matrix* dx,
              Scratch& scratch) {
  conv2d_backward_weight(layer.map, x, dy, grad.weight, scratch);
  conv2d_backward_bias(dy, grad.bias);
  if (dx) conv2d_backward_input(layer.map, layer.weight, nullptr, dy, *dx, scratch);
}

std::string Conv2d::sizes(std::string_view arrow) const {
  return text(image_shape_text(in()), arrow, image_shape_text(out()));
}

void Conv2d::describe(Json& json) const { describe_window({in(), out(), map.window}, json); }

Conv2d Conv2d::from_json(const JsonItem& item, Index& budget) {
  const WindowDescription d = window_from_json(item, budget);
  Conv2d layer(d.in, d.out.channels, d.window);
  check_output(layer.out(), d.out, item);
  return layer;
}

}  // namespace loom
