// Where the encoder puts an image, and where the decoder would draw it best: the gap between the two, for many images
// and two latent dimensions, by comparing each image with the decoder's output all over a grid. B images, P pixels.
#pragma once

#include <vector>

#include "analysis/bound/quadrature.h"

namespace loom {

struct EncoderGap {
  double nats = 0;  // -log p(x|z) at z = mu, less that at `best`; at least 0
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
