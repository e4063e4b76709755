#include "nn/conv_transpose2d.h"

namespace loom {

ConvTranspose2d::ConvTranspose2d(const ImageShape& input, Index out_channels, const Window& sliding)
    : map{large_shape(input, sliding, out_channels), input, sliding},
      weight(input.channels, out_channels * sliding.taps()),
      bias(out_channels) {}

void forward(const ConvTranspose2d& layer, const Matrix& x, Matrix& y, Scratch& scratch) {
  small_to_large(layer.map, layer.weight, &layer.bias, x, y, scratch);
}

void backward(const ConvTranspose2d& layer, const Matrix& x, const Matrix&, const Matrix& dy, ConvTranspose2d& grad,
              Matrix* dx, Scratch& scratch) {
  window_gradient(layer.map, dy, x, grad.weight, scratch);
  bias_gradient(dy, grad.bias);
  if (dx) large_to_small(layer.map, layer.weight, nullptr, dy, *dx, scratch);
}

}  // namespace loom
