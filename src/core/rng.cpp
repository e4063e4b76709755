#include "core/rng.h"

#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "core/arithmetic.h"
#include "core/math.h"

namespace loom {
namespace {

// SplitMix64's output function (Steele, Lea & Flood 2014, figure 15): a bijection that passes BigCrush on a counter.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15u;

}  // namespace

Rng::Rng(std::uint64_t seed, Stream stream, std::uint64_t key)
    : key_(mix(mix(mix(seed + kGolden) + static_cast<std::uint64_t>(stream) * kGolden) + (key + 1) * kGolden)) {}

std::uint64_t Rng::bits() { return mix(key_ + ++counter_ * kGolden); }

double Rng::uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

std::uint64_t Rng::below(std::uint64_t limit) {
  const std::uint64_t reject_below = (0 - limit) % limit;  // 2^64 mod limit: how many values would cause bias
  std::uint64_t draw = bits();
  while (draw < reject_below) draw = bits();
  return draw % limit;
}

double Rng::normal() {
  if (has_spare_) {
    has_spare_ = false;
    return spare_;
  }
  const double u = 1.0 - uniform(), angle = 2.0 * std::numbers::pi * uniform();  // u is never 0
  const bool portable = is_portable();
  const double radius = std::sqrt(-2.0 * (portable ? portable_log(u) : std::log(u)));
  spare_ = radius * (portable ? portable_sine(angle, 0) : std::sin(angle));
  has_spare_ = true;
  return radius * (portable ? portable_sine(angle, 1) : std::cos(angle));
}

std::vector<Index> random_permutation(Index size, Rng rng) {
  std::vector<Index> order(static_cast<std::size_t>(size));
  std::iota(order.begin(), order.end(), Index{0});
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[static_cast<std::size_t>(rng.below(i))]);
  return order;
}

}  // namespace loom
