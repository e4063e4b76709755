#include "nn/ssim.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace loom {
namespace {

constexpr Index kWindow = 11;
constexpr double kSigma = 1.5;
constexpr double kC1 = 0.01 * 0.01, kC2 = 0.03 * 0.03;

using Plane = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::ArrayXd gaussian_window(Index size) {
  Eigen::ArrayXd taps(size);
  for (Index i = 0; i < size; ++i) {
    const double distance = static_cast<double>(i - size / 2) / kSigma;
    taps(i) = std::exp(-distance * distance / 2);
  }
  return taps / taps.sum();
}

// The separable weighted mean over every position where the window fits.
Plane smooth(const Plane& plane, const Eigen::ArrayXd& taps) {
  const Index rows = plane.rows() - taps.size() + 1, columns = plane.cols() - taps.size() + 1;
  Plane horizontal = Plane::Zero(plane.rows(), columns);
  for (Index i = 0; i < taps.size(); ++i) horizontal += taps(i) * plane.middleCols(i, columns);
  Plane both = Plane::Zero(rows, columns);
  for (Index i = 0; i < taps.size(); ++i) both += taps(i) * horizontal.middleRows(i, rows);
  return both;
}

}  // namespace

double ssim(const Scalar* a, const Scalar* b, const ImageShape& shape) {
  const Index side = std::min({kWindow, shape.height, shape.width});
  const Eigen::ArrayXd taps = gaussian_window(side - (side % 2 == 0 ? 1 : 0));
  double total = 0;
  for (Index c = 0; c < shape.channels; ++c) {
    const Index offset = c * shape.height * shape.width;
    const Plane x = ConstMatrixMap(a + offset, shape.height, shape.width).cast<double>();
    const Plane y = ConstMatrixMap(b + offset, shape.height, shape.width).cast<double>();
    const Plane mx = smooth(x, taps), my = smooth(y, taps);
    const Plane vx = smooth(x * x, taps) - mx * mx, vy = smooth(y * y, taps) - my * my;
    const Plane cov = smooth(x * y, taps) - mx * my;
    total += (((2 * mx * my + kC1) * (2 * cov + kC2)) / ((mx * mx + my * my + kC1) * (vx + vy + kC2))).mean();
  }
  return total / static_cast<double>(shape.channels);
}

}  // namespace loom
