#include "nn/conv2d.h"

namespace loom {

Conv2d::Conv2d(const ImageShape& input, Index out_channels, const Window& sliding)
    : map{input, small_shape(input, sliding, out_channels), sliding},
      weight(out_channels, input.channels * sliding.taps()),
      bias(out_channels) {}

void forward(const Conv2d& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  large_to_small(layer.map, layer.weight, &layer.bias, x, y, scratch);
}

void backward(const Conv2d& layer, const Matrix& x, const Matrix&, const Matrix& dy, Conv2d& grad, Matrix* dx,
              Scratch& scratch) {
  window_gradient(layer.map, x, dy, grad.weight, scratch);
  bias_gradient(dy, grad.bias);
  if (dx) small_to_large(layer.map, layer.weight, nullptr, dy, *dx, scratch);
}

}  // namespace loom
