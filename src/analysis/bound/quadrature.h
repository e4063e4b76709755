// The exact log p(x) = log integral p(x|z) p(z) dz and posterior p(z|x) of a model with two latent dimensions, by the
// midpoint rule on a grid: 128 x 128 cells over +-4 give log p(x) to some thousandths of a nat. For losses that are
// not normalised likelihoods (grey pixels as Bernoulli, unscaled squared error) it is the same integral with
// exp(-loss) in place of p(x|z). B images, P pixels.
#pragma once

#include "analysis/bound/pixel_terms.h"
#include "analysis/plane/latent_grid.h"
#include "analysis/plane/latent_plane.h"

namespace loom {

// The decoder's output at every cell, from which the posterior of any image can be computed at interactive speed. It
// holds cells * (P + 2) numbers: for 784 pixels 13 MB with 64 x 64 cells, 51 MB with 128 x 128.
struct DecoderTable {
  LatentGrid grid;
  LatentPlane plane;                  // the grid's cells are points of it
  PixelTerms terms;
  Matrix slope;                       // (cells, P), in the order of `order`
  std::vector<double> offset;         // (cells), likewise
  std::vector<std::uint32_t> order;   // cells from the middle of the grid outwards
  Index filled = 0;                   // cells decoded so far

  bool complete() const { return filled == static_cast<Index>(order.size()); }
};

// A table without decoded cells. Throws Error unless the model has two latent dimensions. The plane must be the whole
// space, with its axes in either order.
DecoderTable empty_table(const Model&, const LatentGrid&, const LatentPlane& plane = first_axes_plane(2));

// Decodes the next `cells` cells, a slice of the work. Does nothing if the table is complete.
void fill_table(DecoderTable&, const Model&, Index cells, Workspace&);

struct GridPosterior {
  double log_evidence = 0;  // log p(x), nats, from the cells that are filled
  std::vector<float> density;  // p(z|x) per unit of area, 0 in cells that are not filled; sums to 1 / cell area
  Point mode, mean;
  Point deviation;  // standard deviations along the axes
};

// p(z|x) of one image (1, P): one product of the table with x, about a millisecond for 64 x 64 cells and 784 pixels.
GridPosterior grid_posterior(const DecoderTable&, const Matrix& x);

// KL(q || p(z|x)) of a diagonal Gaussian q on the table's cells, nats: the encoder's inference gap for this image.
// Where q is narrower than a cell it is only an estimate; compute the mean gap of a model from EvidenceSums and
// bound.h.
double gap_on_grid(const DecoderTable&, const GridPosterior&, Point mu, Point sigma);

// log p(x) of many images without a table: cells are decoded in blocks that are not kept.
struct EvidenceSums {
  std::vector<double> largest, sum;  // per image: largest log p(x, cell); sum of exp(log p(x, cell) - largest)

  explicit EvidenceSums(std::size_t images = 0);
  void add(const EvidenceSums& other);  // of other cells of the same images
  std::vector<double> log_evidence(const LatentGrid&) const;  // nats
};

struct EvidenceScratch {
  Workspace workspace;
  PlaceTerms places;
  Matrix z, losses;
};

// Adds the cells [first, last) of the grid for the images x (B, P): a slice of the work, or one thread's part.
// `constants` come from image_constants. Needs (last - first) * (P + B) numbers of memory, so keep slices to a few
// hundred cells.
void add_evidence(EvidenceSums&, const Model&, const PixelTerms&, const LatentGrid&, std::size_t first,
                  std::size_t last, const Matrix& x, const std::vector<double>& constants, EvidenceScratch&);

}  // namespace loom
