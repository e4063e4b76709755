// A regular grid of square cells over the latent plane. A field on it is one number per cell, taken at the cell's
// center, row by row from the bottom: z2 grows with the row, z1 with the column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "analysis/point.h"
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

// cells x cells over the square of this center and half side.
LatentGrid square_grid(Point center, float half_extent, Index cells);

// Half side of a square around the origin that holds the prior and every posterior up to 4 sigma: at least 4.5, beyond
// which lies 4e-5 of the prior, at most 8, so that one stray image does not cost all others their resolution. `sigma`
// is as long as mu or has one entry.
float analysis_half_extent(std::span<const Point> mu, std::span<const Point> sigma);

// All cells, those nearest to z first: the order for work that is done in slices while the result is on screen.
std::vector<std::uint32_t> cells_from(const LatentGrid&, Point z);

// The cell that holds z; the nearest one for a point outside.
std::size_t cell_at(const LatentGrid&, Point z);

// A field between the centers of cells: bilinear, constant beyond the outermost centers.
float sample_field(const LatentGrid&, std::span<const float> field, Point z);

}  // namespace loom
