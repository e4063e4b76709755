// Errors of images with respect to reference images.
#pragma once

#include <cmath>
#include <optional>

#include "core/image.h"
#include "core/types.h"

namespace loom {

struct PictureError {
  double mse = 0;   // per pixel, mean over images
  double ssim = 0;  // mean over images
};

// Mean over pixels and images of the squared difference.
double mean_squared_error(const Matrix& a, const Matrix& b);

// Sums of the errors of the rows of a with respect to those of b, both (N, P), values in [0, 1]; divide by the number
// of images for means.
PictureError picture_error_sums(const Matrix& a, const Matrix& b, const ImageShape&);

// Peak signal-to-noise ratio 10 log10(1 / MSE) in dB, for values in [0, 1]; nullopt for equal images (infinite).
inline std::optional<double> psnr(double mse) { return mse > 0 ? std::optional(-10 * std::log10(mse)) : std::nullopt; }

}  // namespace loom
