// The encoder puts an image at one point; another point may decode to a better reconstruction. Computes this gap for
// many images in two latent dimensions, by comparing each image with the decoder's output at every cell of a grid. B
// images, P pixels.
#pragma once

#include <vector>

#include "analysis/bound/quadrature.h"

namespace loom {

struct EncoderGap {
  double nats = 0;  // -log p(x|z) at z = mu minus that at `best`; at least 0
  Point best;       // the centre of the cell that decodes the image best, on the table's plane
};

struct GapScratch {  // of one table
  Workspace workspace;
  PlaceTerms places;
  Matrix losses;
};

// The gaps of images x (B, P) with the means mu (B, 2). The table must be complete.
std::vector<EncoderGap> encoder_gaps(const DecoderTable&, const Model&, const Matrix& x, const Matrix& mu, GapScratch&);

}  // namespace loom
