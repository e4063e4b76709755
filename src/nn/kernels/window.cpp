#include "nn/kernels/window.h"

#include <algorithm>

#include "core/error.h"
#include "nn/kernels/gemm.h"
#include "nn/kernels/window_kernels.h"

namespace loom {
namespace {

// Scratch slots of this file.
enum WindowSlot { kPadded, kWeights, kBias, kGradients, kWeightsByOutput = kGradients };

Index positions(Index large, Index pads, Index kernel, Index stride, const char* axis) {
  if (large + pads < kernel)
    fail("window: kernel of ", kernel, " does not fit the padded ", axis, " of ", large + pads);
  return (large + pads - kernel) / stride + 1;
}

Index extent(Index small, Index pads, Index kernel, Index stride, const char* axis) {
  const Index large = (small - 1) * stride + kernel - pads;
  if (large < 1) fail("window: pads of ", pads, " leave no ", axis, " of the transposed convolution's output");
  return large;
}

Index round_up(Index value, Index multiple) { return (value + multiple - 1) / multiple * multiple; }

// An image inside a frame of zeros, so that no loop below needs boundary checks. `channels` may exceed the image's;
// the additional channels are zero too.
struct Frame {
  Index top, left, height, width, channels;  // of the framed image
};

// Writes only the image; the frame around it must already be zero and stays so from image to image.
void copy_into_frame(const Scalar* image, const ImageShape& shape, const Frame& frame, Scalar* framed) {
  const Index rows = std::min(shape.height, frame.height - frame.top);
  const Index columns = std::min(shape.width, frame.width - frame.left);
  for (Index y = 0; y < rows; ++y) {
    Scalar* to = framed + ((y + frame.top) * frame.width + frame.left) * frame.channels;
    const Scalar* from = image + y * shape.width * shape.channels;
    if (frame.channels == shape.channels)
      std::copy(from, from + columns * shape.channels, to);
    else
      for (Index x = 0; x < columns; ++x)
        std::copy(from + x * shape.channels, from + (x + 1) * shape.channels, to + x * frame.channels);
  }
}

// The frame of the large image: everything that the window covers from its first position to its last.
Frame large_frame(const WindowMap& map) {
  const Window& w = map.window;
  return {w.pad_top, w.pad_left, (map.small.height - 1) * w.stride_height + w.kernel_height,
          (map.small.width - 1) * w.stride_width + w.kernel_width, map.large.channels};
}

ReadPattern large_pattern(const WindowMap& map, const Frame& frame) {
  const Window& w = map.window;
  const Index row = frame.width * frame.channels;
  return {w.kernel_height, w.kernel_width * frame.channels, row, w.stride_height * row,
          w.stride_width * frame.channels};
}

// A bias padded to whole vectors; zeros if there is none.
MatrixMap padded_bias(const RowVector* bias, Index padded, Scratch& scratch) {
  MatrixMap out = scratch.matrix(kBias, 1, padded);
  std::fill_n(out.data(), padded, Scalar(0));
  if (bias) std::copy_n(bias->data(), bias->size(), out.data());
  return out;
}

// The transpose of packed weights, for layers with so few outputs that `correlate` reads it; else null.
const Scalar* weights_by_output(const MatrixMap& packed, Index outputs, Scratch& scratch) {
  if (!has_few(outputs)) return nullptr;
  MatrixMap turned = scratch.matrix(kWeightsByOutput, outputs, packed.rows());
  for (Index o = 0; o < outputs; ++o)
    for (Index k = 0; k < packed.rows(); ++k) turned(o, k) = packed(k, o);
  return turned.data();
}

// One axis of a transposed convolution. An output coordinate y = stride * q + phase depends only on the taps
// i = first, first + stride, ...; the last of them reads small[q + base], each earlier one the next pixel.
struct PhaseAxis {
  Index taps, first, base;  // taps 0: nothing reaches this phase
  Index outputs;            // number of q with y inside the large image
};

PhaseAxis phase_axis(Index phase, Index kernel, Index stride, Index pad, Index large) {
  const Index first = (phase + pad) % stride;
  const Index taps = first < kernel ? (kernel - 1 - first) / stride + 1 : 0;
  const Index base = (phase + pad - first) / stride - (taps - 1);
  return {taps, first, base, phase < large ? (large - 1 - phase) / stride + 1 : 0};
}

PhaseAxis phase_of_rows(const WindowMap& map, Index phase) {
  const Window& w = map.window;
  return phase_axis(phase, w.kernel_height, w.stride_height, w.pad_top, map.large.height);
}

PhaseAxis phase_of_columns(const WindowMap& map, Index phase) {
  const Window& w = map.window;
  return phase_axis(phase, w.kernel_width, w.stride_width, w.pad_left, map.large.width);
}

// The frame of the small image: everything that the taps of all phases read, including beyond the borders.
Frame small_frame(const WindowMap& map) {
  Index top = 0, left = 0, bottom = map.small.height, right = map.small.width;
  for (Index p = 0; p < map.window.stride_height; ++p) {
    const PhaseAxis axis = phase_of_rows(map, p);
    top = std::max(top, -axis.base);
    bottom = std::max(bottom, axis.base + axis.outputs - 1 + axis.taps);
  }
  for (Index p = 0; p < map.window.stride_width; ++p) {
    const PhaseAxis axis = phase_of_columns(map, p);
    left = std::max(left, -axis.base);
    right = std::max(right, axis.base + axis.outputs - 1 + axis.taps);
  }
  return {top, left, top + bottom, left + right, map.small.channels};
}

}  // namespace

ImageShape small_shape(const ImageShape& large, const Window& w, Index small_channels) {
  return {small_channels, positions(large.height, w.pad_top + w.pad_bottom, w.kernel_height, w.stride_height, "height"),
          positions(large.width, w.pad_left + w.pad_right, w.kernel_width, w.stride_width, "width")};
}

ImageShape large_shape(const ImageShape& small, const Window& w, Index large_channels) {
  return {large_channels, extent(small.height, w.pad_top + w.pad_bottom, w.kernel_height, w.stride_height, "height"),
          extent(small.width, w.pad_left + w.pad_right, w.kernel_width, w.stride_width, "width")};
}

Shape window_weight_shape(const WindowMap& map) {
  return {map.small.channels, map.large.channels, map.window.kernel_height, map.window.kernel_width};
}

double window_multiply_adds(const WindowMap& map) {
  double product = static_cast<double>(map.small.height * map.small.width);
  for (const Index size : window_weight_shape(map)) product *= static_cast<double>(size);
  return product;
}

void conv2d_forward(const WindowMap& map, const Matrix& weight, const RowVector* bias, const Matrix& large,
                    Matrix& small, Scratch& scratch) {
  const Index outputs = map.small.channels, padded = round_up(outputs, vector_lanes());
  const Index taps = map.window.taps();
  MatrixMap packed = scratch.matrix(kWeights, taps * map.large.channels, padded);
  packed.setZero();
  for (Index s = 0; s < outputs; ++s)
    for (Index l = 0; l < map.large.channels; ++l)
      for (Index t = 0; t < taps; ++t) packed(t * map.large.channels + l, s) = weight(s, l * taps + t);
  const MatrixMap b = padded_bias(bias, padded, scratch);
  const Scalar* by_output = weights_by_output(packed, outputs, scratch);

  const Frame frame = large_frame(map);
  MatrixMap framed = scratch.matrix(kPadded, frame.height, frame.width * frame.channels);
  framed.setZero();
  small.resize(large.rows(), map.small.size());
  for (Index n = 0; n < large.rows(); ++n) {
    copy_into_frame(large.row(n).data(), map.large, frame, framed.data());
    correlate({.read = large_pattern(map, frame),
               .in = framed.data(),
               .weight = packed.data(),
               .weight_by_output = by_output,
               .bias = b.data(),
               .rows = map.small.height,
               .columns = map.small.width,
               .outputs = outputs,
               .padded = padded,
               .out = small.row(n).data(),
               .out_row = map.small.width * outputs,
               .out_step = outputs});
  }
}

void conv2d_backward_input(const WindowMap& map, const Matrix& weight, const RowVector* bias, const Matrix& small,
                           Matrix& large, Scratch& scratch) {
  const Window& w = map.window;
  const Index inputs = map.small.channels, outputs = map.large.channels;
  const Index padded = round_up(outputs, vector_lanes()), taps = w.taps();
  const MatrixMap b = padded_bias(bias, padded, scratch);
  const Frame frame = small_frame(map);
  const Index frame_row = frame.width * inputs;
  MatrixMap framed = scratch.matrix(kPadded, small.rows(), frame.height * frame_row);
  framed.setZero();
  large.resize(small.rows(), map.large.size());
  for (Index n = 0; n < small.rows(); ++n) copy_into_frame(small.row(n).data(), map.small, frame, framed.row(n).data());

  for (Index py = 0; py < w.stride_height; ++py)
    for (Index px = 0; px < w.stride_width; ++px) {
      const PhaseAxis ys = phase_of_rows(map, py), xs = phase_of_columns(map, px);
      MatrixMap packed = scratch.matrix(kWeights, ys.taps * xs.taps * inputs, padded);
      packed.setZero();
      for (Index a = 0; a < ys.taps; ++a)
        for (Index c = 0; c < xs.taps; ++c) {
          // Ascending pixels correspond to descending taps.
          const Index i = ys.first + (ys.taps - 1 - a) * w.stride_height;
          const Index j = xs.first + (xs.taps - 1 - c) * w.stride_width;
          for (Index s = 0; s < inputs; ++s)
            for (Index l = 0; l < outputs; ++l)
              packed((a * xs.taps + c) * inputs + s, l) = weight(s, l * taps + i * w.kernel_width + j);
        }
      const ReadPattern read{ys.taps, xs.taps * inputs, frame_row, frame_row, inputs};
      const Index origin = ((ys.base + frame.top) * frame.width + xs.base + frame.left) * inputs;
      const Scalar* by_output = weights_by_output(packed, outputs, scratch);
      for (Index n = 0; n < small.rows(); ++n)
        correlate({.read = read,
                   .in = framed.row(n).data() + origin,
                   .weight = packed.data(),
                   .weight_by_output = by_output,
                   .bias = b.data(),
                   .rows = ys.outputs,
                   .columns = xs.outputs,
                   .outputs = outputs,
                   .padded = padded,
                   .out = large.row(n).data() + (py * map.large.width + px) * outputs,
                   .out_row = w.stride_height * map.large.width * outputs,
                   .out_step = w.stride_width * outputs});
    }
}

void conv2d_backward_weight(const WindowMap& map, const Matrix& large, const Matrix& small, Matrix& dweight,
                            Scratch& scratch) {
  const Index outputs = map.small.channels, padded = round_up(outputs, vector_lanes());
  const Index taps = map.window.taps(), inputs = map.large.channels;
  const Frame frame = large_frame(map);
  MatrixMap framed = scratch.matrix(kPadded, frame.height, frame.width * frame.channels);
  framed.setZero();
  const Frame whole{0, 0, map.small.height, map.small.width, padded};
  MatrixMap vectors = scratch.matrix(kWeights, map.small.height, map.small.width * padded);
  if (padded != outputs) vectors.setZero();
  MatrixMap sum = scratch.matrix(kGradients, taps * inputs, padded);
  sum.setZero();
  for (Index n = 0; n < large.rows(); ++n) {
    copy_into_frame(large.row(n).data(), map.large, frame, framed.data());
    const Scalar* dout = small.row(n).data();
    if (padded != outputs) {
      copy_into_frame(dout, map.small, whole, vectors.data());
      dout = vectors.data();
    }
    correlate_gradient({.read = large_pattern(map, frame),
                        .in = framed.data(),
                        .dout = dout,
                        .rows = map.small.height,
                        .columns = map.small.width,
                        .padded = padded,
                        .dout_row = map.small.width * padded,
                        .dout_step = padded,
                        .dweight = sum.data()});
  }
  for (Index s = 0; s < outputs; ++s)
    for (Index l = 0; l < inputs; ++l)
      for (Index t = 0; t < taps; ++t) dweight(s, l * taps + t) += sum(t * inputs + l, s);
}

void conv2d_backward_bias(const Matrix& images, RowVector& dbias) {
  add_column_sums(images.data(), images.size() / dbias.size(), dbias);
}

}  // namespace loom
