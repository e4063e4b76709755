// The classical remedy for damaged pixels, to compare denoising models with.
#pragma once

#include "core/image.h"
#include "core/types.h"

namespace loom {

// Every pixel of every row of x (N, P) replaced by the median of the 3 x 3 pixels around it (Tukey 1977). Outside the
// image the nearest pixel inside stands for what is missing.
Matrix median_filtered(const Matrix& x, const ImageShape& shape);

}  // namespace loom
