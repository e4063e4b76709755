// Structural similarity (SSIM) of two images (Wang, Bovik, Sheikh & Simoncelli 2004).
#pragma once

#include "core/image.h"
#include "core/types.h"

namespace loom {

// Mean SSIM index (equation 13) of images a and b with values in [0, 1]: Gaussian window of 11x11 with standard
// deviation 1.5, C1 = 0.01^2, C2 = 0.03^2, biased moments, over the positions where the window fits (scikit-image with
// gaussian_weights=True, use_sample_covariance=False, cropped by 5). For a side below 11 the window shrinks to the
// largest odd size that fits. Result in [-1, 1]; 1 for equal images. Channels are averaged. If `da` is not null, sets
// it to the exact gradient with respect to a (chain rule through equation 13 and the window means; Wang & Simoncelli
// 2008, appendix).
double ssim(const Scalar* a, const Scalar* b, const ImageShape& shape, double* da = nullptr);

}  // namespace loom
