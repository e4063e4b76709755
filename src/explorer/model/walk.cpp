#include "explorer/model/walk.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

constexpr double kLegSeconds = 2.2, kStopSeconds = 0.8;
constexpr int kPointsPerSecond = 20;

float round_length(const std::vector<Point>& centers, const std::vector<std::size_t>& order) {
  float sum = 0;
  for (std::size_t i = 0; i < order.size(); ++i)
    sum += length(centers[order[i]] - centers[order[(i + 1) % order.size()]]);
  return sum;
}

}  // namespace

double share_at(const Walk& walk, double seconds, bool returns) {
  double at = walk.seconds > 0 ? seconds / walk.seconds : 0;
  if (walk.closed) {
    at -= std::floor(at);
  } else if (returns) {
    at = std::fmod(std::max(at, 0.0), 2);
    if (at > 1) at = 2 - at;
  }
  return std::clamp(at, 0.0, 1.0);
}

Point point_at(const Walk& walk, double seconds, bool returns) {
  const double at = share_at(walk, seconds, returns) * static_cast<double>(walk.points.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), walk.points.size() - 2);
  const Point &a = walk.points[i], &b = walk.points[i + 1];
  return a + (b - a) * static_cast<float>(at - static_cast<double>(i));
}

// The nearest class next, and then better by reversing parts of the round while that makes it shorter (2-opt, Croes
// 1958). With ten classes this is at once.
std::vector<std::size_t> class_round(const LoadedModel& model) {
  const std::vector<Point>& centers = model.class_centers;
  std::vector<std::size_t> left, order;
  for (std::size_t c = 0; c < centers.size(); ++c)
    if (!std::isnan(centers[c].x)) left.push_back(c);
  while (!left.empty()) {
    const auto distance = [&](std::size_t c) { return order.empty() ? 0 : length(centers[c] - centers[order.back()]); };
    const auto next = std::ranges::min_element(left, {}, distance);
    order.push_back(*next);
    left.erase(next);
  }
  constexpr float kShorter = 1e-4f;
  for (bool better = true; better;) {
    better = false;
    for (std::size_t i = 1; i + 1 < order.size(); ++i)
      for (std::size_t j = i + 1; j < order.size(); ++j) {
        std::vector<std::size_t> other = order;
        std::reverse(other.begin() + static_cast<std::ptrdiff_t>(i),
                     other.begin() + static_cast<std::ptrdiff_t>(j + 1));
        if (round_length(centers, other) >= round_length(centers, order) - kShorter) continue;
        order = std::move(other);
        better = true;
      }
  }
  return order;
}

Walk class_walk(const LoadedModel& model, Point from) {
  std::vector<std::size_t> order = class_round(model);
  Walk walk{.points = {}, .seconds = 0, .closed = true};
  if (order.size() < 2) return walk;
  const auto distance = [&](std::size_t c) { return length(model.class_centers[c] - from); };
  std::ranges::rotate(order, std::ranges::min_element(order, {}, distance));
  constexpr int kStop = static_cast<int>(kStopSeconds * kPointsPerSecond);
  constexpr int kLeg = static_cast<int>(kLegSeconds * kPointsPerSecond);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Point a = model.class_centers[order[i]], b = model.class_centers[order[(i + 1) % order.size()]];
    for (int k = 0; k < kStop + kLeg; ++k) {
      const float t = std::max(0.0f, static_cast<float>(k - kStop) / kLeg);
      walk.points.push_back(a + (b - a) * (t * t * (3 - 2 * t)));  // slow at both ends
    }
  }
  walk.points.push_back(walk.points.front());
  walk.seconds = static_cast<double>(order.size()) * (kStopSeconds + kLegSeconds);
  return walk;
}

}  // namespace loom
