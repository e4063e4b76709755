#include "explorer/layout/card_place.h"

#include <algorithm>

namespace loom {
namespace {

float common_area(const Rect& a, const Rect& b) {
  const float width = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const float height = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return std::max(width, 0.0f) * std::max(height, 0.0f);
}

float cost(const Rect& place, std::span<const Covered> on_screen) {
  float sum = 0;
  for (const Covered& part : on_screen) sum += part.weight * common_area(place, part.place);
  return sum;
}

}  // namespace

std::size_t least_covering(std::span<const Rect> places, std::span<const Covered> on_screen) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < places.size(); ++i)
    if (cost(places[i], on_screen) < cost(places[best], on_screen)) best = i;
  return best;
}

}  // namespace loom
