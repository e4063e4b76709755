#include "analysis/bound/noise_rule.h"

#include <cmath>

namespace loom {
namespace {

// The Hermite polynomials of degree n - 1 and n at x, orthonormal under N(0, 1).
std::pair<double, double> hermite(int n, double x) {
  double before = 0, value = 1;
  for (int k = 1; k <= n; ++k) {
    const double next = (x * value - std::sqrt(k - 1.0) * before) / std::sqrt(static_cast<double>(k));
    before = value;
    value = next;
  }
  return {before, value};
}

// The roots of the polynomial of degree n. They interlace with those of degree n - 1, so bisection finds each.
std::vector<double> roots_of(int n) {
  std::vector<double> roots;
  for (int degree = 1; degree <= n; ++degree) {
    const double outside = 2 * std::sqrt(degree + 1.0);
    std::vector<double> ends{-outside};
    ends.insert(ends.end(), roots.begin(), roots.end());
    ends.push_back(outside);
    roots.clear();
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
      double low = ends[i], high = ends[i + 1];
      const bool low_sign = hermite(degree, low).second > 0;
      for (int step = 0; step < 80; ++step) {
        const double middle = (low + high) / 2;
        ((hermite(degree, middle).second > 0) == low_sign ? low : high) = middle;
      }
      roots.push_back((low + high) / 2);
    }
  }
  return roots;
}

}  // namespace

NoiseRule gauss_hermite_rule(int points, Index dimension) {
  const std::vector<double> roots = roots_of(points);
  std::vector<double> weights;
  for (const double x : roots) {
    const double h = hermite(points, x).first;
    weights.push_back(1 / (points * h * h));
  }
  Index count = 1;
  for (Index d = 0; d < dimension; ++d) count *= points;
  NoiseRule rule{Matrix(count, dimension), std::vector<double>(static_cast<std::size_t>(count), 1.0)};
  for (Index k = 0; k < count; ++k) {
    Index rest = k;
    for (Index d = 0; d < dimension; ++d, rest /= points) {
      const auto i = static_cast<std::size_t>(rest % points);
      rule.eps(k, d) = static_cast<Scalar>(roots[i]);
      rule.weight[static_cast<std::size_t>(k)] *= weights[i];
    }
  }
  return rule;
}

NoiseRule sampled_rule(Index count, Index dimension, Rng rng) {
  NoiseRule rule{Matrix(count, dimension),
                 std::vector<double>(static_cast<std::size_t>(count), 1.0 / static_cast<double>(count))};
  for (Index i = 0; i < rule.eps.size(); ++i) rule.eps.data()[i] = static_cast<Scalar>(rng.normal());
  return rule;
}

NoiseRule default_rule(Index dimension, Index images, std::uint64_t first_image, std::uint64_t seed) {
  if (dimension == 1) return gauss_hermite_rule(16, 1);
  if (dimension == 2) return gauss_hermite_rule(8, 2);
  constexpr Index kDraws = 64;
  NoiseRule rule{Matrix(images * kDraws, dimension), std::vector<double>(kDraws, 1.0 / kDraws)};
  for (Index b = 0; b < images; ++b)
    rule.eps.middleRows(b * kDraws, kDraws) =
        sampled_rule(kDraws, dimension, Rng(seed, Stream::evaluation, first_image + static_cast<std::uint64_t>(b))).eps;
  return rule;
}

}  // namespace loom
