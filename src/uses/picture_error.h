// Errors of images against the images they should be.
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

// Sums over the rows of a against those of b, both (N, P), values in [0, 1]: divide by the number of images.
PictureError picture_error_sums(const Matrix& a, const Matrix& b, const ImageShape&);

// 10 log10(1 / MSE) in dB, for values in [0, 1]; nothing for equal pictures, where it is infinite.
inline std::optional<double> psnr(double mse) { return mse > 0 ? std::optional(-10 * std::log10(mse)) : std::nullopt; }

}  // namespace loom
