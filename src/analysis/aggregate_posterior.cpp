#include "analysis/aggregate_posterior.h"

#include <cmath>
#include <map>
#include <numbers>

#include "core/math.h"

namespace loom {
namespace {

constexpr float kReach = 6;               // standard deviations beyond which a Gaussian counts as zero
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
  // Relative to the first point, so that a far-off cloud does not cancel.
  Moments x, y;
  for (const Point p : points)
    x.add(static_cast<double>(p.x) - points[0].x), y.add(static_cast<double>(p.y) - points[0].y);
  const double n = static_cast<double>(points.size());
  const double factor = 1 / std::cbrt(std::sqrt(n));  // std::pow would bring 4 kB of tables into the page
  return {std::max(kSmallestSigma, static_cast<float>(x.deviation(n) * factor)),
          std::max(kSmallestSigma, static_cast<float>(y.deviation(n) * factor))};
}

AggregatePosterior::AggregatePosterior(std::span<const Point> mu, std::span<const Point> sigma,
                                       std::span<const std::uint8_t> labels, std::size_t classes)
    : classes_(classes) {
  struct Group {
    std::vector<Point> mu;
    std::vector<Kernel> kernels;
  };
  std::map<int, Group> groups;  // by the power of two above the widest sigma
  for (std::size_t n = 0; n < mu.size(); ++n) {
    const Point given = sigma.size() == 1 ? sigma[0] : sigma[n];
    const Point s{std::max(given.x, kSmallestSigma), std::max(given.y, kSmallestSigma)};
    const double area = 2 * std::numbers::pi * static_cast<double>(mu.size()) * s.x * s.y;
    Group& group = groups[std::ilogb(std::max(s.x, s.y)) + 1];
    group.mu.push_back(mu[n]);
    group.kernels.push_back({{1 / s.x, 1 / s.y}, static_cast<float>(1 / area), labels[n]});
  }
  for (auto& [exponent, group] : groups) {
    const float reach = kReach * std::ldexp(1.0f, exponent);
    levels_.push_back({reach, PointIndex(group.mu, reach / 2), std::move(group.kernels)});
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
      if (square < kReach * kReach) by_class[k.label] += static_cast<double>(k.weight * loom::exp(-0.5f * square));
    });
  double total = 0;
  for (const double q : by_class) total += q;
  return total;
}

double AggregatePosterior::median_density() const {
  std::vector<double> found, by_class(classes_);
  for (const Level& level : levels_) {
    const std::size_t step = std::max<std::size_t>(1, level.mu.size() / kMedianSample);
    // A level stands for its share of all points, so each of its samples counts as `step` of them.
    for (std::size_t i = 0; i < level.mu.size(); i += step)
      found.insert(found.end(), std::min(step, level.mu.size() - i),
                   density(level.mu.point(static_cast<PointIndex::Id>(i)), by_class));
  }
  if (found.empty()) return 0;
  const auto middle = found.begin() + static_cast<std::ptrdiff_t>(found.size() / 2);
  std::nth_element(found.begin(), middle, found.end());
  return *middle;
}

}  // namespace loom
