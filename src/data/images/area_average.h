// Resizes images by area averaging: each new pixel is the mean of the old pixels that it covers, weighted by the
// covered area. No pixel is skipped when an image shrinks, and no new values appear when it grows.
#pragma once

#include <cstddef>
#include <vector>

#include "core/types.h"

namespace loom {

// What a new pixel covers along one axis: old pixels from `first` on, and the weight of each in the new pixel.
struct AreaCover {
  Index first = 0;
  std::vector<double> shares;
};

// The covers of all new pixels when an axis of `from` pixels is resized to `to`. The weights of each add up to 1.
std::vector<AreaCover> area_covers(Index from, Index to);

// The cover of the interval [begin, end), begin < end, of an axis of `size` pixels. Parts outside the image get no
// weight, so they count as black.
AreaCover area_cover(double begin, double end, Index size);

// The value of the new pixel with the given covers. `pixels` is row-major with `width` numbers per row.
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
