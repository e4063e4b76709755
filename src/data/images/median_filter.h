// The classical denoiser, a baseline for denoising models.
#pragma once

#include "core/image.h"
#include "core/types.h"

namespace loom {

// Replaces every pixel of the images x (N, P) by the median of the 3 x 3 pixels around it (Tukey 1977). Pixels at the
// border are repeated beyond it.
Matrix median_filtered(const Matrix& x, const ImageShape& shape);

}  // namespace loom
