#include "uses/picture_error.h"

#include "nn/likelihood/ssim.h"

namespace loom {

double mean_squared_error(const Matrix& a, const Matrix& b) {
  return static_cast<double>((a - b).squaredNorm()) / static_cast<double>(a.size());
}

PictureError picture_error_sums(const Matrix& a, const Matrix& b, const ImageShape& shape) {
  PictureError sums;
  sums.mse = static_cast<double>((a - b).squaredNorm()) / static_cast<double>(a.cols());
  for (Index n = 0; n < a.rows(); ++n) sums.ssim += ssim(a.row(n).data(), b.row(n).data(), shape);
  return sums;
}

}  // namespace loom
