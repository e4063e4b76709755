// Images at another size by averaging areas: each new pixel is the mean of the old pixels that it covers, weighted by
// the area of each. No pixel is skipped when an image shrinks, and none is invented when it grows.
#pragma once

#include <cstddef>
#include <vector>

#include "core/types.h"

namespace loom {

// What a new pixel covers along one axis: old pixels from `first` on, and the share of each in the new pixel.
struct AreaCover {
  Index first = 0;
  std::vector<double> shares;
};

// For an axis of `from` pixels that becomes one of `to`. The shares of each new pixel add up to 1.
std::vector<AreaCover> area_covers(Index from, Index to);

// For the stretch [begin, end), begin < end, of an axis of `size` pixels. What lies outside the image has no share, so
// that it counts as black.
AreaCover area_cover(double begin, double end, Index size);

// The new pixel at the crossing of a row and a column. `pixels` is row-major with `width` numbers per row.
template <class Value>
double area_average(const Value* pixels, Index width, const AreaCover& row, const AreaCover& column) {
  double sum = 0;
  for (std::size_t y = 0; y < row.shares.size(); ++y) {
    const Value* from = pixels + (row.first + static_cast<Index>(y)) * width + column.first;
    for (std::size_t x = 0; x < column.shares.size(); ++x)
      sum += row.shares[y] * column.shares[x] * static_cast<double>(from[x]);
  }
  return sum;
}

}  // namespace loom
