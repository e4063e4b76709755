// A regular grid of square cells over the latent plane. A field on it is one number per cell, taken at the cell's
// center, row by row from the bottom: z2 grows with the row, z1 with the column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/plane/point.h"
#include "core/types.h"

namespace loom {

struct LatentGrid {
  Point low{-4, -4};   // the lower left corner
  float cell = 0.0625f;  // side of a cell, > 0
  Index columns = 128, rows = 128;

  std::size_t size() const { return static_cast<std::size_t>(columns * rows); }
  double cell_area() const { return static_cast<double>(cell) * static_cast<double>(cell); }
  Point center(Index column, Index row) const {
    return {low.x + (static_cast<float>(column) + 0.5f) * cell, low.y + (static_cast<float>(row) + 0.5f) * cell};
  }
  Point center(std::size_t at) const {
    return center(static_cast<Index>(at) % columns, static_cast<Index>(at) / columns);
  }
};

// Whether z lies within the grid.
inline bool covers(const LatentGrid& grid, Point z) {
  const float x = (z.x - grid.low.x) / grid.cell, y = (z.y - grid.low.y) / grid.cell;
  return x >= 0 && y >= 0 && x <= static_cast<float>(grid.columns) && y <= static_cast<float>(grid.rows);
}

// A grid of cells x cells over the square with this center and half of this side length.
LatentGrid square_grid(Point center, float half_extent, Index cells);

// Half the side of a square around the origin that contains the prior and every posterior up to 4 sigma: at least 4.5
// (4e-5 of the prior lies beyond) and at most 8, so that a single outlier does not reduce the resolution for all
// others. `sigma` is as long as mu or has one entry.
float analysis_half_extent(std::span<const Point> mu, std::span<const Point> sigma);

// All cells, those nearest to z first: the order for work that is done in slices while its result is displayed.
std::vector<std::uint32_t> cells_from(const LatentGrid&, Point z);

// The cell that contains z; the nearest one for a point outside the grid.
std::size_t cell_at(const LatentGrid&, Point z);

// The value of a field at z: bilinear between the centers of cells, constant beyond the outermost centers.
float sample_field(const LatentGrid&, std::span<const float> field, Point z);

}  // namespace loom
