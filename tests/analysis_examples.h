// Encoded sets with known results, and sums over all Gaussians to compare with, for tests of the analysis.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "analysis/plane/point.h"
#include "core/rng.h"

namespace loom {

struct Encoded {
  std::vector<Point> mu, sigma;
  std::vector<std::uint8_t> labels;
};

inline double gaussian(Point z, Point mu, Point sigma) {
  const double x = (static_cast<double>(z.x) - mu.x) / sigma.x, y = (static_cast<double>(z.y) - mu.y) / sigma.y;
  return std::exp(-0.5 * (x * x + y * y)) / (2 * std::numbers::pi * sigma.x * sigma.y);
}

// Means drawn from the prior, standard deviations between 0.05 and 0.5.
inline Encoded prior_encoded(std::size_t count, std::size_t classes, std::uint64_t key = 0) {
  Rng rng(5, Stream::test, key);
  Encoded out;
  for (std::size_t n = 0; n < count; ++n) {
    out.mu.push_back({static_cast<float>(rng.normal()), static_cast<float>(rng.normal())});
    out.sigma.push_back(
        {static_cast<float>(0.05 + 0.45 * rng.uniform()), static_cast<float>(0.05 + 0.45 * rng.uniform())});
    out.labels.push_back(static_cast<std::uint8_t>(rng.below(classes)));
  }
  return out;
}

// q(z) of an encoded set: the mean of its Gaussians.
inline double mixture_density(const Encoded& e, Point z) {
  double sum = 0;
  for (std::size_t n = 0; n < e.mu.size(); ++n) sum += gaussian(z, e.mu[n], e.sigma[n]);
  return sum / static_cast<double>(e.mu.size());
}

// A sample from q(z).
inline Point mixture_draw(const Encoded& e, Rng& rng) {
  const auto n = static_cast<std::size_t>(rng.below(e.mu.size()));
  const auto x = static_cast<float>(rng.normal()), y = static_cast<float>(rng.normal());
  return {e.mu[n].x + e.sigma[n].x * x, e.mu[n].y + e.sigma[n].y * y};
}

}  // namespace loom
