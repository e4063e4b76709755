#include "analysis/density/aggregate_posterior.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "analysis/density/prior.h"
#include "core/math.h"

namespace loom {
namespace {

constexpr float kSmallestSigma = 1e-6f;   // a file may say exp(logvar) = 0
constexpr std::size_t kMedianSample = 400;  // points that the typical density is taken from

struct Moments {
  double sum = 0, squares = 0;
  void add(double x) { sum += x, squares += x * x; }
  double deviation(double n) const { return std::sqrt(std::max(0.0, squares / n - (sum / n) * (sum / n))); }
};

}  // namespace

Point scott_width(std::span<const Point> points) {
  if (points.empty()) return {1, 1};
  // Relative to the first point, to avoid cancellation if all points are far from 0.
  Moments x, y;
  for (const Point p : points)
    x.add(static_cast<double>(p.x) - points[0].x), y.add(static_cast<double>(p.y) - points[0].y);
  const double n = static_cast<double>(points.size());
  const double factor = 1 / std::cbrt(std::sqrt(n));  // std::pow would add 4 kB of tables to the page
  return {std::max(kSmallestSigma, static_cast<float>(x.deviation(n) * factor)),
          std::max(kSmallestSigma, static_cast<float>(y.deviation(n) * factor))};
}

AggregatePosterior::AggregatePosterior(std::span<const Point> mu, std::span<const Point> sigma,
                                       std::span<const std::uint8_t> labels, std::size_t classes)
    : classes_(classes) {
  const auto width = [&](std::size_t n) {
    const Point given = sigma.size() == 1 ? sigma[0] : sigma[n];
    return Point{std::max(given.x, kSmallestSigma), std::max(given.y, kSmallestSigma)};
  };
  std::vector<int> exponents(mu.size());  // exponent of the power of two above the larger sigma
  for (std::size_t n = 0; n < mu.size(); ++n) exponents[n] = std::ilogb(std::max(width(n).x, width(n).y)) + 1;
  if (exponents.empty()) return;
  // One pass over all points for each power of two. There are only a few, and a container of groups would add code
  // to the page.
  const auto [first, last] = std::minmax_element(exponents.begin(), exponents.end());
  for (int exponent = *first; exponent <= *last; ++exponent) {
    std::vector<Point> places;
    std::vector<Kernel> kernels;
    for (std::size_t n = 0; n < mu.size(); ++n) {
      if (exponents[n] != exponent) continue;
      const Point s = width(n);
      const double area = 2 * std::numbers::pi * static_cast<double>(mu.size()) * s.x * s.y;
      places.push_back(mu[n]);
      kernels.push_back({{1 / s.x, 1 / s.y}, static_cast<float>(1 / area), labels[n]});
    }
    if (places.empty()) continue;
    const float reach = kGaussianReach * std::ldexp(1.0f, exponent);
    levels_.push_back({reach, PointIndex(places, reach / 2), std::move(kernels)});
  }
  typical_ = median_density();
}

double AggregatePosterior::density(Point z, std::span<double> by_class) const {
  std::fill(by_class.begin(), by_class.end(), 0.0);
  for (const Level& level : levels_)
    level.mu.visit_near(z, level.reach, [&](PointIndex::Id id) {
      const Kernel& k = level.kernels[id];
      const Point d = z - level.mu.point(id);
      const float x = d.x * k.inverse_sigma.x, y = d.y * k.inverse_sigma.y;
      const float square = x * x + y * y;
      if (square < kGaussianReach * kGaussianReach)
        by_class[k.label] += static_cast<double>(k.weight * loom::exp(-0.5f * square));
    });
  double total = 0;
  for (const double q : by_class) total += q;
  return total;
}

double AggregatePosterior::median_density() const {
  std::vector<double> found, weights, by_class(classes_);
  double total = 0;
  for (const Level& level : levels_) {
    const std::size_t step = std::max<std::size_t>(1, level.mu.size() / kMedianSample);
    // Each sampled point of a level represents `step` points.
    for (std::size_t i = 0; i < level.mu.size(); i += step) {
      found.push_back(density(level.mu.point(static_cast<PointIndex::Id>(i)), by_class));
      weights.push_back(static_cast<double>(std::min(step, level.mu.size() - i)));
      total += weights.back();
    }
  }
  // The weighted median, by bisection on the bits of the density: those of non-negative doubles are in ascending
  // order.
  std::uint64_t low = 0, high = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity());
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    double below = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
      if (found[i] <= std::bit_cast<double>(middle)) below += weights[i];
    if (below > std::floor(total / 2))
      high = middle;
    else
      low = middle + 1;
  }
  return std::bit_cast<double>(low);
}

}  // namespace loom
