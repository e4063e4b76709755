// The sliding window of convolutions and transposed convolutions. It relates a large image (which the window slides
// over) to a small one (one pixel per window position). A convolution maps large to small, a transposed convolution
// small to large; each is the other's adjoint, so the functions below serve both layers, forward and backward.
//
// Images here are channels last, (H, W, C): all channels of a pixel are neighbours, so the innermost loops run over
// contiguous vectors of channels without any im2col copy. Flatten and Unflatten convert from and to PyTorch's order.
#pragma once

#include "core/image.h"
#include "core/types.h"
#include "nn/kernels/scratch.h"

namespace loom {

struct Window {
  Index kernel_height = 1, kernel_width = 1;
  Index stride_height = 1, stride_width = 1;
  Index pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;  // zeros around the large image

  Index taps() const { return kernel_height * kernel_width; }
  bool operator==(const Window&) const = default;
};

// The small image: floor((large + pads - kernel) / stride) + 1 window positions per axis. Throws Error if none fits.
ImageShape small_shape(const ImageShape& large, const Window& window, Index small_channels);

// The large image, as a transposed convolution makes it: (small - 1) * stride + kernel - pads per axis. Throws Error if
// not positive. PyTorch's output_padding corresponds to smaller pads at the bottom and right.
ImageShape large_shape(const ImageShape& small, const Window& window, Index large_channels);

// A window with its two images. L and S are their channels; weights are (S, L, kh, kw), as PyTorch stores both layers.
struct WindowMap {
  ImageShape large, small;
  Window window;
};

// The shape (S, L, kh, kw).
Shape window_weight_shape(const WindowMap&);

// Number of multiply-add operations for one image, the same in either direction.
double window_multiply_adds(const WindowMap&);

// small[v, u, s] = b[s] + sum_{i, j, l} W[s, l, i, j] large[v*stride + i - pad_top, u*stride + j - pad_left, l]
// for every row (image) of `large`; without `bias` (S) b is 0.
void conv2d_forward(const WindowMap&, const Matrix& weight, const RowVector* bias, const Matrix& large, Matrix& small,
                    Scratch&);

// The adjoint: large[y, x, l] = b[l] + sum of W[s, l, i, j] small[v, u, s] over all s and all (v, u, i, j) for which
// tap (i, j) of the window at position (v, u) lies on (y, x). Without `bias` (L) b is 0.
void conv2d_backward_input(const WindowMap&, const Matrix& weight, const RowVector* bias, const Matrix& small,
                           Matrix& large, Scratch&);

// dW[s, l, i, j] += sum over images and positions of small[v, u, s] * large[v*stride + i - pad_top, ...].
void conv2d_backward_weight(const WindowMap&, const Matrix& large, const Matrix& small, Matrix& dweight, Scratch&);

// db[c] += sum over images and pixels of channel c; images are rows of (pixels, channels).
void conv2d_backward_bias(const Matrix& images, RowVector& dbias);

}  // namespace loom
