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

// The transpose of `smooth`: spreads a value per window position over the pixels that the window saw.
Plane spread(const Plane& plane, const Eigen::ArrayXd& taps) {
  const Index rows = plane.rows() + taps.size() - 1, columns = plane.cols() + taps.size() - 1;
  Plane vertical = Plane::Zero(rows, plane.cols());
  for (Index i = 0; i < taps.size(); ++i) vertical.middleRows(i, plane.rows()) += taps(i) * plane;
  Plane both = Plane::Zero(rows, columns);
  for (Index i = 0; i < taps.size(); ++i) both.middleCols(i, plane.cols()) += taps(i) * vertical;
  return both;
}

// One channel. The index is luminance (2 mx my + C1) / (mx^2 + my^2 + C1) times structure (2 cov + C2) / (vx + vy +
// C2); with the window means E of x, x^2 and xy as variables, vx = E[x^2] - mx^2 and cov = E[xy] - mx my.
double ssim_plane(const Plane& x, const Plane& y, const Eigen::ArrayXd& taps, Plane* dx) {
  const Plane mx = smooth(x, taps), my = smooth(y, taps);
  const Plane vx = smooth(x * x, taps) - mx * mx, vy = smooth(y * y, taps) - my * my;
  const Plane cov = smooth(x * y, taps) - mx * my;
  const Plane light = 2 * mx * my + kC1, light_norm = mx * mx + my * my + kC1;
  const Plane structure = 2 * cov + kC2, structure_norm = vx + vy + kC2;
  const Plane index = (light * structure) / (light_norm * structure_norm);
  if (dx) {
    const Plane each = index / static_cast<double>(index.size());
    const Plane by_mean = 2 * each * (my / light - mx / light_norm - my / structure + mx / structure_norm);
    *dx = spread(by_mean, taps) - 2 * x * spread(each / structure_norm, taps) + 2 * y * spread(each / structure, taps);
  }
  return index.mean();
}

}  // namespace

double ssim(const Scalar* a, const Scalar* b, const ImageShape& shape, double* da) {
  const Index side = std::min({kWindow, shape.height, shape.width}), size = shape.height * shape.width;
  const Eigen::ArrayXd taps = gaussian_window(side - (side % 2 == 0 ? 1 : 0));
  double total = 0;
  for (Index c = 0; c < shape.channels; ++c) {
    const Plane x = ConstMatrixMap(a + c * size, shape.height, shape.width).cast<double>();
    const Plane y = ConstMatrixMap(b + c * size, shape.height, shape.width).cast<double>();
    Plane dx;
    total += ssim_plane(x, y, taps, da ? &dx : nullptr);
    if (da) Eigen::Map<Plane>(da + c * size, shape.height, shape.width) = dx / static_cast<double>(shape.channels);
  }
  return total / static_cast<double>(shape.channels);
}

}  // namespace loom
