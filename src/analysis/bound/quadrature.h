// The posterior p(z|x) of a model with two latent dimensions and log p(x) = log integral p(x|z) p(z) dz, by the
// midpoint rule on one grid. Posteriors are often narrower than its cells: evidence.h computes log p(x) accurately for
// every image. For losses that are not normalised likelihoods (grey pixels as Bernoulli, unscaled squared error) it is
// the same integral with exp(-loss) in place of p(x|z). B images, P pixels.
#pragma once

#include <span>
#include <vector>

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

// log p(x, z) = log p(x|z) + log p(z) of the images x (B, P) at the centre of every filled cell, in the order of
// `order`: (B, filled), row by row.
std::vector<double> joint_densities(const DecoderTable&, const Matrix& x);

struct GridPosterior {
  double log_evidence = 0;  // log p(x), nats, as the filled cells give it
  std::vector<float> density;  // p(z|x) per unit of area, 0 in cells that are not filled; sums to 1 / cell area
  Point mode, mean;
  Point deviation;  // standard deviations along the axes
};

// p(z|x) of one image (1, P): one product of the table with x, about a millisecond for 64 x 64 cells and 784 pixels.
GridPosterior grid_posterior(const DecoderTable&, const Matrix& x);
GridPosterior grid_posterior(const DecoderTable&, std::span<const double> joint);  // from joint_densities of the image

}  // namespace loom
