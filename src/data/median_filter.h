// The classical denoiser, a baseline for denoising models.
#pragma once

#include "core/image.h"
#include "core/types.h"

namespace loom {

// Every pixel of every row of x (N, P) replaced by the median of the 3 x 3 pixels around it (Tukey 1977). Beyond the
// border the nearest pixel is repeated.
Matrix median_filtered(const Matrix& x, const ImageShape& shape);

}  // namespace loom
