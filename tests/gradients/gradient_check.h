// Analytic gradients against central differences in double precision.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

#include "core/types.h"

namespace loom {

static_assert(sizeof(Scalar) == 8, "central differences of floats find only gross errors; compile with LOOM_DOUBLE");

// A loss of size 1 is rounded at 1e-16, so a difference quotient with this step is wrong by 1e-11 from rounding and
// 1e-11 f''' from curvature: far below the tolerance for every entry that matters (see `floor` below).
constexpr double kStep = 1e-5, kTolerance = 1e-6;

// The largest relative error of `analytic` as the gradient of loss() for `values`, which are moved and put back.
// An entry is measured against the larger of itself and a thousandth of the largest entry, since below that the rounding
// of the loss decides. Of long tensors every n-th entry is tried.
inline double gradient_error(std::span<Scalar> values, std::span<const Scalar> analytic,
                             const std::function<double()>& loss) {
  constexpr std::size_t kTried = 400;
  double largest = 0, worst = 0;
  for (const double g : analytic) largest = std::max(largest, std::abs(g));
  const double floor = std::max(1e-3 * largest, 1e-8);
  const std::size_t step = values.size() / kTried + 1;
  for (std::size_t i = 0; i < values.size(); i += step) {
    const Scalar at = values[i];
    values[i] = at + kStep;
    const double above = loss();
    values[i] = at - kStep;
    const double below = loss();
    values[i] = at;
    const double numeric = (above - below) / (2 * kStep);
    const double size = std::max({std::abs(analytic[i]), std::abs(numeric), floor});
    worst = std::max(worst, std::abs(analytic[i] - numeric) / size);
  }
  return worst;
}

inline std::span<Scalar> numbers(Matrix& m) { return {m.data(), static_cast<std::size_t>(m.size())}; }

}  // namespace loom
