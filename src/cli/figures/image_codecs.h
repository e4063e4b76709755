// The size of a data set in PNG and JPEG, for comparison with the codes of a model.
#pragma once

#include "data/dataset.h"

namespace loom {

struct CodecResult {
  double bytes = 0;  // per image
  double mse = 0;    // per pixel, values in [0, 1]
};

// Headers are longer than these images, so all images (for JPEG the first 10,000) are written as one picture and the
// header counts once.

// PNG, lossless, one image below the other.
CodecResult png_size(const Dataset&);

// Baseline JPEG of a quality from 1 to 100, every image padded to whole blocks of 8 x 8 by repeating its edges, as
// encoders do. The writer has no grey mode; the empty chroma blocks, 4 bits each, are not counted.
CodecResult jpeg_size(const Dataset&, int quality);

}  // namespace loom
