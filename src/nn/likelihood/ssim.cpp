#include "nn/likelihood/ssim.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/arithmetic.h"
#include "core/math.h"

namespace loom {
namespace {

constexpr Index kWindow = 11;
constexpr double kSigma = 1.5, kFallOff = 0.800737402916808040;  // e^(-1 / (2 kSigma^2))
constexpr double kC1 = 0.01 * 0.01, kC2 = 0.03 * 0.03;

// Loops instead of Eigen expressions on whole planes: the arithmetic and its order are the same, but Eigen instantiates
// a function for each expression, together a tenth of the module loom-core.
using Plane = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Eigen::ArrayXd gaussian_window(Index size) {
  Eigen::ArrayXd taps(size);
  for (Index i = 0; i < size; ++i) {
    const Index steps = i - size / 2;
    const double distance = static_cast<double>(steps) / kSigma;
    taps(i) = is_portable() ? portable_power(kFallOff, steps * steps) : std::exp(-distance * distance / 2);
  }
  if (!is_portable()) return taps / taps.sum();
  double sum = 0;
  for (Index i = 0; i < size; ++i) sum += taps(i);
  return taps / sum;
}

// gather: out(r, c) += sum_i taps(i) in(r + i row_step, c + i column_step), i ascending, for all rows and columns of
// `out`. scatter: adds taps(i) in(r, c) to out(r + i row_step, c + i column_step) instead.
enum class Way { gather, scatter };
void add_tapped(const Plane& in, const Eigen::ArrayXd& taps, Index row_step, Index column_step, Way way, Plane& out) {
  const bool gather = way == Way::gather;
  const Index rows = gather ? out.rows() : in.rows(), columns = gather ? out.cols() : in.cols();
  for (Index i = 0; i < taps.size(); ++i)
    for (Index r = 0; r < rows; ++r) {
      const double* from = &in(gather ? r + i * row_step : r, gather ? i * column_step : 0);
      double* to = &out(gather ? r : r + i * row_step, gather ? 0 : i * column_step);
      for (Index c = 0; c < columns; ++c) to[c] += taps(i) * from[c];
    }
}

Plane zeros(Index rows, Index columns) {
  Plane plane(rows, columns);
  std::fill_n(plane.data(), plane.size(), 0.0);
  return plane;
}

// The weighted mean (separable window) at every position where the window fits.
Plane smooth(const Plane& plane, const Eigen::ArrayXd& taps) {
  const Index less = taps.size() - 1;
  Plane horizontal = zeros(plane.rows(), plane.cols() - less);
  add_tapped(plane, taps, 0, 1, Way::gather, horizontal);
  Plane both = zeros(plane.rows() - less, horizontal.cols());
  add_tapped(horizontal, taps, 1, 0, Way::gather, both);
  return both;
}

// The transpose of `smooth`: distributes the value of each window position over the pixels in the window.
Plane spread(const Plane& plane, const Eigen::ArrayXd& taps) {
  const Index more = taps.size() - 1;
  Plane vertical = zeros(plane.rows() + more, plane.cols());
  add_tapped(plane, taps, 1, 0, Way::scatter, vertical);
  Plane both = zeros(vertical.rows(), plane.cols() + more);
  add_tapped(vertical, taps, 0, 1, Way::scatter, both);
  return both;
}

Plane product(const Plane& a, const Plane& b) {
  Plane out(a.rows(), a.cols());
  for (Index i = 0; i < a.size(); ++i) out.data()[i] = a.data()[i] * b.data()[i];
  return out;
}

// One channel. The index is luminance (2 mx my + C1) / (mx^2 + my^2 + C1) times structure (2 cov + C2) / (vx + vy +
// C2); with the window means E of x, x^2 and xy as variables, vx = E[x^2] - mx^2 and cov = E[xy] - mx my.
double ssim_plane(const Plane& x, const Plane& y, const Eigen::ArrayXd& taps, Plane* dx) {
  const Plane mean_x = smooth(x, taps), mean_y = smooth(y, taps);
  const Plane mean_xx = smooth(product(x, x), taps), mean_yy = smooth(product(y, y), taps);
  const Plane mean_xy = smooth(product(x, y), taps);
  Plane index(mean_x.rows(), mean_x.cols());
  Plane by_mean, by_square, by_product;  // derivatives of the mean index
  if (dx) by_mean = by_square = by_product = index;
  const auto count = static_cast<double>(index.size());
  for (Index i = 0; i < index.size(); ++i) {
    const double mx = mean_x.data()[i], my = mean_y.data()[i];
    const double vx = mean_xx.data()[i] - mx * mx, vy = mean_yy.data()[i] - my * my;
    const double cov = mean_xy.data()[i] - mx * my;
    const double light = 2 * mx * my + kC1, light_norm = mx * mx + my * my + kC1;
    const double structure = 2 * cov + kC2, structure_norm = vx + vy + kC2;
    index.data()[i] = (light * structure) / (light_norm * structure_norm);
    if (!dx) continue;
    const double each = index.data()[i] / count;
    by_mean.data()[i] = 2 * each * (my / light - mx / light_norm - my / structure + mx / structure_norm);
    by_square.data()[i] = each / structure_norm;
    by_product.data()[i] = each / structure;
  }
  if (dx) {
    *dx = spread(by_mean, taps);
    const Plane squares = spread(by_square, taps), products = spread(by_product, taps);
    for (Index i = 0; i < dx->size(); ++i) {
      double& d = dx->data()[i];
      d = d - 2 * x.data()[i] * squares.data()[i] + 2 * y.data()[i] * products.data()[i];
    }
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
