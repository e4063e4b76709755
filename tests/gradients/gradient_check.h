// Analytic gradients against central differences in double precision.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>

#include "core/types.h"

namespace loom {

static_assert(sizeof(Scalar) == 8, "central differences of floats find only gross errors; compile with LOOM_DOUBLE");

// A loss of size 1 is rounded at about 1e-16, so a difference quotient with this step is wrong by 1e-11 from rounding,
// and by a similar part of f''' from curvature.
constexpr double kStep = 1e-5, kTolerance = 1e-6;
constexpr double kResolution = 1e-4;  // gradients below this part of the loss cannot be measured to 1e-6

// The largest relative error of `analytic` as the gradient of loss() for `values`, which are changed and restored.
// The error is relative to the largest of the entry itself, a thousandth of the largest entry, and the effect of
// rounding in the loss. Only every n-th entry of a long tensor is tested. Infinity if the whole gradient is too small
// to be tested.
inline double gradient_error(std::span<Scalar> values, std::span<const Scalar> analytic,
                             const std::function<double()>& loss) {
  constexpr std::size_t kTried = 150;
  double largest = 0, worst = 0;
  for (const double g : analytic) largest = std::max(largest, std::abs(g));
  const double resolution = kResolution * std::abs(loss()), floor = std::max(1e-3 * largest, resolution);
  if (!(largest > resolution)) return std::numeric_limits<double>::infinity();
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
