#include "data/images/area_average.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loom {

std::vector<AreaCover> area_covers(Index from, Index to) {
  std::vector<AreaCover> result;
  const double step = static_cast<double>(from) / static_cast<double>(to);
  for (Index i = 0; i < to; ++i) {
    // Integer arithmetic, so that rounding errors do not include a tiny share of a neighbour.
    const Index first = i * from / to, last = ((i + 1) * from + to - 1) / to;
    AreaCover cover{first, {}};
    for (Index j = first; j < last; ++j) {
      const double begin = std::max(static_cast<double>(i) * step, static_cast<double>(j));
      const double end = std::min(static_cast<double>(i + 1) * step, static_cast<double>(j + 1));
      cover.shares.push_back((end - begin) / step);
    }
    result.push_back(std::move(cover));
  }
  return result;
}

AreaCover area_cover(double begin, double end, Index size) {
  const double low = std::clamp(std::floor(begin), 0.0, static_cast<double>(size));
  const double high = std::clamp(std::ceil(end), low, static_cast<double>(size));
  AreaCover cover{static_cast<Index>(low), {}};
  for (double j = low; j < high; ++j)
    cover.shares.push_back((std::min(end, j + 1) - std::max(begin, j)) / (end - begin));
  return cover;
}

}  // namespace loom
