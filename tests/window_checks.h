// Compares the three functions of window.h with loops that implement the formulas in its comments, and with each other.
// Used by the tests in float and in double.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <utility>

#include "random_matrix.h"
#include "window_cases.h"

namespace loom {

// A sum, and the sum of the absolute values of its terms, relative to which the rounding error is measured.
struct MeasuredSum {
  double value = 0, size = 0;

  void add(double term) { value += term, size += std::abs(term); }
  double error(Scalar got) const { return std::abs(static_cast<double>(got) - value) / (size > 0 ? size : 1); }
};

// Calls see(large index, small index, weight row, weight column) for every product of the map. Images are (H, W, C).
inline void for_each_product(const WindowMap& map, const std::function<void(Index, Index, Index, Index)>& see) {
  const Window& w = map.window;
  for (Index v = 0; v < map.small.height; ++v)
    for (Index u = 0; u < map.small.width; ++u)
      for (Index i = 0; i < w.kernel_height; ++i)
        for (Index j = 0; j < w.kernel_width; ++j) {
          const Index y = v * w.stride_height + i - w.pad_top, x = u * w.stride_width + j - w.pad_left;
          if (y < 0 || y >= map.large.height || x < 0 || x >= map.large.width) continue;
          for (Index s = 0; s < map.small.channels; ++s)
            for (Index l = 0; l < map.large.channels; ++l)
              see((y * map.large.width + x) * map.large.channels + l,
                  (v * map.small.width + u) * map.small.channels + s, s, l * w.taps() + i * w.kernel_width + j);
        }
}

inline double worst_error(const std::vector<MeasuredSum>& wanted, const Matrix& got) {
  REQUIRE(static_cast<Index>(wanted.size()) == got.size());
  double worst = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const double error = wanted[i].error(got.data()[i]);
    worst = error <= worst ? worst : error;  // keeps NaN
  }
  return worst;
}

// The largest error of the three functions and of the adjoint identity <A x, y> = <x, A' y>, relative to the sums of
// the absolute values of the terms.
inline double window_error(const WindowMap& map, Scratch& scratch) {
  constexpr Index kImages = 2;
  const Matrix large = random_matrix(kImages, map.large.size(), 1), small = random_matrix(kImages, map.small.size(), 2);
  const Matrix weight = random_matrix(map.small.channels, map.large.channels * map.window.taps(), 3);
  const RowVector small_bias = random_matrix(1, map.small.channels, 4),
                  large_bias = random_matrix(1, map.large.channels, 5);

  std::vector<MeasuredSum> to_small(static_cast<std::size_t>(small.size())),
      to_large(static_cast<std::size_t>(large.size()));
  std::vector<MeasuredSum> to_weight(static_cast<std::size_t>(weight.size()));
  Matrix dweight = random_matrix(weight.rows(), weight.cols(), 6);  // the function adds to it
  for (Index i = 0; i < small.size(); ++i)
    to_small[static_cast<std::size_t>(i)].add(static_cast<double>(small_bias(i % map.small.channels)));
  for (Index i = 0; i < large.size(); ++i)
    to_large[static_cast<std::size_t>(i)].add(static_cast<double>(large_bias(i % map.large.channels)));
  for (Index i = 0; i < weight.size(); ++i)
    to_weight[static_cast<std::size_t>(i)].add(static_cast<double>(dweight.data()[i]));
  MeasuredSum inner;  // <A large, small>
  for (Index n = 0; n < kImages; ++n)
    for_each_product(map, [&](Index l, Index s, Index row, Index column) {
      const auto a = static_cast<double>(large(n, l)), b = static_cast<double>(small(n, s));
      const auto w = static_cast<double>(weight(row, column));
      to_small[static_cast<std::size_t>(n * map.small.size() + s)].add(w * a);
      to_large[static_cast<std::size_t>(n * map.large.size() + l)].add(w * b);
      to_weight[static_cast<std::size_t>(row * weight.cols() + column)].add(a * b);
      inner.add(w * a * b);
    });

  Matrix out;
  conv2d_forward(map, weight, &small_bias, large, out, scratch);
  double worst = worst_error(to_small, out);
  conv2d_backward_input(map, weight, &large_bias, small, out, scratch);
  worst = std::max(worst, worst_error(to_large, out));
  conv2d_backward_weight(map, large, small, dweight, scratch);
  worst = std::max(worst, worst_error(to_weight, dweight));
  conv2d_forward(map, weight, nullptr, large, out, scratch);
  worst = std::max(worst, inner.error(out.cwiseProduct(small).sum()));
  conv2d_backward_input(map, weight, nullptr, small, out, scratch);
  return std::max(worst, inner.error(out.cwiseProduct(large).sum()));
}

// One scratch for all cases, as in a network: what an earlier, larger case left in it must not affect the results.
inline void check_windows(double tolerance) {
  Scratch scratch;
  double worst = 0;
  for (const bool transposed : {false, true})
    for (const WindowMap& map : window_cases(transposed)) {
      INFO(window_text(map));
      const double error = window_error(map, scratch);
      CHECK(error <= tolerance);
      worst = std::max(worst, error);
    }
  MESSAGE("worst error relative to the sum of sizes ", worst);
}

}  // namespace loom
