// Principal component analysis: the linear autoencoder with the least squared error (Bourlard & Kamp 1988; Baldi &
// Hornik 1989), computed from the moments of the data. N images, P pixels, K components.
#pragma once

#include "model/autoencoder.h"

namespace loom {

// Sums over images, in double precision. The sums over parts of a data set can be added.
struct PixelMoments {
  using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Column = Eigen::Matrix<double, Eigen::Dynamic, 1>;
  double images = 0;
  Column sum;       // (P)
  Square products;      // (P, P), sum of x^T x

  void add(const Matrix& x);  // x (N, P)
  void add(const PixelMoments& other);
};

struct PrincipalComponents {
  PixelMoments::Column mean;      // (P)
  PixelMoments::Square axes;      // (K, P), orthonormal, by decreasing variance; largest entry of each positive
  PixelMoments::Column variance;  // (K) along the axes, with N - 1, as scikit-learn's explained_variance_
  double total_variance = 0;      // of all pixels
};

// The first `components` principal components. Throws Error for fewer than two images and unless
// 1 <= components <= P.
PrincipalComponents principal_components(const PixelMoments&, Index components);

// Fills a model of architecture "linear" with likelihood linear_mse: z = (x - mean) axes^T, x = z axes + mean.
void set_principal_components(const PrincipalComponents&, Model&);

}  // namespace loom
