// log p(x) = log integral p(x|z) p(z) dz of one image in two latent dimensions, converged: the sum over the cells of a
// DecoderTable, with the cells that matter divided until the sum no longer changes. A posterior can be much narrower
// than a cell, and the wide grid alone then misses log p(x) by up to 20 nats.
#pragma once

#include <span>
#include <vector>

#include "analysis/bound/quadrature.h"

namespace loom {

struct EvidenceScratch {
  Workspace workspace;
  PlaceTerms places;
  Matrix z, losses;
};

// A computation in progress, so that it can be done in slices.
class EvidenceSearch {
 public:
  // For the image x (1, P), from log p(x, z) at the centre of every cell, in the table's order (joint_densities). Cells
  // around the encoder's N(mu, diag sigma^2) are divided even if the wide grid found nothing there, so that the result
  // is never below the ELBO. mu and sigma are in the coordinates of the table's plane.
  EvidenceSearch(const DecoderTable&, const Matrix& x, std::span<const double> joint, Point mu, Point sigma);

  // Decodes at most `places` more places of the plane. Returns true when done.
  bool advance(const Model&, const DecoderTable&, Index places, EvidenceScratch&);

  bool done() const { return done_; }
  double log_evidence() const { return log_evidence_; }  // log p(x), nats; the best so far until done
  std::size_t places() const { return decoded_; }  // decoded beyond the table

 private:
  struct Cell {
    std::int32_t column = 0, row = 0;
    double joint = 0;  // log p(x, z) at its centre
  };

  void add_outside(const LatentGrid&);
  Point center(const Cell&) const;
  bool near_mu(const Cell&) const;
  void divide();  // replaces the cells that matter by their quarters, which are then decoded
  void finish_level();
  double log_sum() const;  // over all leaves

  Matrix x_;
  std::vector<double> constants_;
  Point low_, mu_, sigma_;
  float cell_ = 1;  // side of the cells in `cells_`
  std::vector<Cell> cells_;  // of the finest level
  std::size_t filled_ = 0;  // those of cells_ whose joint is known
  double coarse_ = 0;  // log of the sum over all coarser leaves
  int level_ = 0;
  std::size_t decoded_ = 0;
  double log_evidence_ = 0;
  bool done_ = false;
};

// A complete table for images with these posteriors: 128 x 128 cells, 51 MB for 784 pixels.
DecoderTable evidence_table(const Model&, std::span<const Point> mu, std::span<const Point> sigma);

// log p(x) of the images x (B, P), nats, whose posteriors the encoder takes for N(mu, diag sigma^2). The table must be
// complete. Keep B small: the densities of all its cells are in memory for each image.
std::vector<double> log_evidence(const Model&, const DecoderTable&, const Matrix& x, std::span<const Point> mu,
                                 std::span<const Point> sigma, EvidenceScratch&);

}  // namespace loom
